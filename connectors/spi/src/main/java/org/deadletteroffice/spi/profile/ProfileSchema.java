package org.deadletteroffice.spi.profile;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The fields of one kind of broker, in the order in which a person fills them in.
public record ProfileSchema(List<Field> fields) {
    public ProfileSchema {
        fields = List.copyOf(fields);
        var names = fields.stream().map(Field::name).collect(Collectors.toSet());
        if (names.size() != fields.size()) {
            throw new IllegalArgumentException("field names must be unique");
        }
    }

    public static ProfileSchema of(Field... fields) {
        return new ProfileSchema(List.of(fields));
    }

    public Set<String> names() {
        return fields.stream().map(Field::name).collect(Collectors.toSet());
    }

    public Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /// Whether `field` is asked for, given the other values (presets count).
    public boolean isShown(Field field, Settings settings) {
        var condition = field.shownWhen();
        if (condition == null) {
            return true;
        }
        var other = field(condition.field());
        return other.isPresent()
                && isShown(other.get(), settings)
                && condition.values().contains(value(other.get(), settings));
    }

    /// The value given, else the preset, else the empty string.
    public String value(Field field, Settings settings) {
        return settings.get(field.name()).orElse(field.preset());
    }

    /// What is wrong with `settings`, one sentence a problem, each naming its field; empty when all
    /// is well.
    public List<Problem> validate(Settings settings) {
        var problems = new ArrayList<Problem>();
        for (var field : fields) {
            if (!isShown(field, settings)) {
                continue;
            }
            if (field.type() == Field.Type.SECRET) {
                if (field.required() && settings.secret(field.name()).isEmpty()) {
                    problems.add(new Problem(field.name(), field.label() + " is missing."));
                }
                continue;
            }
            var value = value(field, settings);
            if (value.isBlank()) {
                if (field.required()) {
                    problems.add(new Problem(field.name(), field.label() + " is missing."));
                }
                continue;
            }
            wrong(field, value)
                    .ifPresent(sentence -> problems.add(new Problem(field.name(), sentence)));
        }
        for (var name : settings.values().keySet()) {
            if (field(name).isEmpty()) {
                problems.add(new Problem(name, "There is no field '" + name + "'."));
            }
        }
        return problems;
    }

    private static Optional<String> wrong(Field field, String value) {
        return switch (field.type()) {
            case CHOICE ->
                    field.choices().contains(value)
                            ? Optional.empty()
                            : Optional.of(
                                    field.label()
                                            + " is one of "
                                            + String.join(", ", field.choices())
                                            + ", not '"
                                            + value
                                            + "'.");
            case FLAG ->
                    value.equals("true") || value.equals("false")
                            ? Optional.empty()
                            : Optional.of(
                                    field.label() + " is true or false, not '" + value + "'.");
            case INTEGER -> {
                try {
                    Long.parseLong(value);
                    yield Optional.empty();
                } catch (NumberFormatException _) {
                    yield Optional.of(field.label() + " is a whole number, not '" + value + "'.");
                }
            }
            case DURATION -> {
                try {
                    if (!parseDuration(value).isNegative()) {
                        yield Optional.empty();
                    }
                } catch (IllegalArgumentException _) {
                    // answered below, like a time that runs backwards
                }
                yield Optional.of(
                        field.label() + " is a time such as 10s or 2m, not '" + value + "'.");
            }
            case TEXT, SECRET, FILE, PROPERTIES -> Optional.empty();
        };
    }

    /// Reads `500ms`, `10s`, `2m`, `1h`, `1d` or ISO 8601 (`PT10S`).
    ///
    /// @throws IllegalArgumentException when it is neither
    public static Duration parseDuration(String text) {
        var trimmed = text.trim().toLowerCase(Locale.ROOT);
        var units = new LinkedHashMap<String, Duration>();
        units.put("ms", Duration.ofMillis(1));
        units.put("s", Duration.ofSeconds(1));
        units.put("m", Duration.ofMinutes(1));
        units.put("h", Duration.ofHours(1));
        units.put("d", Duration.ofDays(1));
        try {
            for (Map.Entry<String, Duration> unit : units.entrySet()) {
                var suffix = unit.getKey();
                if (trimmed.endsWith(suffix) && trimmed.matches("\\d{1,12}\\s*" + suffix)) {
                    var number = trimmed.substring(0, trimmed.length() - suffix.length()).trim();
                    return unit.getValue().multipliedBy(Long.parseLong(number));
                }
            }
            return Duration.parse(text.trim());
        } catch (DateTimeParseException | ArithmeticException notATime) {
            throw new IllegalArgumentException("not a duration: " + text, notATime);
        }
    }

    /// @param field the name of the field that is wrong
    public record Problem(String field, String sentence) {}
}
