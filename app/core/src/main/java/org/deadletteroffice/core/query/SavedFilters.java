package org.deadletteroffice.core.query;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.UserSettings;

/// Filters that the operator gave a name; kept in the settings, so that window and `dlo` have the
/// same. Where a filter is typed, `@name` stands for one. Thread-safe.
public final class SavedFilters {
    private static final String PREFIX = "filter:";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,59}");

    private final UserSettings settings;

    public record SavedFilter(String name, String text) {}

    public SavedFilters(UserSettings settings) {
        this.settings = settings;
    }

    /// By name.
    public List<SavedFilter> all() {
        return settings.startingWith(PREFIX).entrySet().stream()
                .filter(entry -> !entry.getValue().isBlank())
                .map(entry -> new SavedFilter(entry.getKey(), entry.getValue()))
                .toList();
    }

    /// Written durably before it returns; one of the same name is replaced.
    ///
    /// @throws OperatorException WRONG_USE where the name is none, or the text is no filter
    public void save(String name, String text) throws OperatorException {
        var known = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(known).matches()) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    "'" + name + "' is no name for a filter.",
                    "Use letters, digits, '.', '_' and '-', at most 60.");
        }
        if (Filter.parse(text).isAll()) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    "An empty filter is not worth a name.",
                    "Give an expression or some words.");
        }
        settings.put(PREFIX + known, text.strip());
    }

    /// @throws OperatorException NOT_FOUND where there is none of this name
    public void remove(String name) throws OperatorException {
        textOf(name);
        settings.put(PREFIX + name.toLowerCase(Locale.ROOT), "");
    }

    /// What was typed, with `@name`, perhaps behind a period, replaced by the filter of that name.
    ///
    /// @throws OperatorException NOT_FOUND where there is none of this name
    public String text(String typed) throws OperatorException {
        var head = Period.read(typed.strip());
        if (!head.rest().startsWith("@") || head.rest().length() == 1) {
            return typed;
        }
        var saved = Period.read(textOf(head.rest().substring(1)));
        // Of two bounds the later in the text counts: that which was typed.
        return (saved.period().text() + head.period().text() + saved.rest()).strip();
    }

    /// [Filter#parse] of [#text].
    public Filter parse(String typed) throws OperatorException {
        return Filter.parse(text(typed));
    }

    private String textOf(String name) throws OperatorException {
        var text = settings.get(PREFIX + name.toLowerCase(Locale.ROOT)).orElse("");
        if (!text.isBlank()) {
            return text;
        }
        var names = all().stream().map(SavedFilter::name).toList();
        var near = CelSyntax.nearest(name, names);
        throw new OperatorException(
                OperatorException.Kind.NOT_FOUND,
                "There is no saved filter '" + name + "'.",
                near != null
                        ? "Did you mean: @" + near
                        : names.isEmpty()
                                ? "None is saved yet: dlo filters save NAME FILTER."
                                : "There are: @" + String.join(", @", names) + ".");
    }
}
