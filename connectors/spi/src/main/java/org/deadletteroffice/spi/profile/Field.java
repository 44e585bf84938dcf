package org.deadletteroffice.spi.profile;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One setting of a profile, as data.
///
/// @param name lowerCamelCase, stable: the key in the profile file and of `--set`
/// @param label what the form calls it, in sentence case
/// @param help one sentence under the field; may be empty
/// @param hint an example shown in the empty field; may be empty
/// @param preset the value when nothing is given; empty for none
/// @param choices the values of a [Type#CHOICE], in order
/// @param shownWhen the field is asked for only while another has one of these values; null: always
/// @param group the heading it stands under in the form, e.g. `Connection`, `Security`, `Advanced`
public record Field(
        String name,
        String label,
        Type type,
        String help,
        String hint,
        String preset,
        boolean required,
        List<String> choices,
        @Nullable Condition shownWhen,
        String group) {
    /// How a value is written and asked for.
    public enum Type {
        TEXT,
        /// Kept in the system keychain, never in the profile file.
        SECRET,
        CHOICE,
        /// A path on this machine.
        FILE,
        /// `true` or `false`.
        FLAG,
        /// ISO 8601 or `10s`, `500ms`, `2m`.
        DURATION,
        INTEGER,
        /// Several lines of `name=value`.
        PROPERTIES
    }

    /// True while the field `field` has one of `values`.
    public record Condition(String field, Set<String> values) {
        public Condition {
            values = Set.copyOf(values);
        }
    }

    public Field {
        choices = List.copyOf(choices);
    }

    private static Field of(String name, String label, Type type) {
        return new Field(name, label, type, "", "", "", false, List.of(), null, "Connection");
    }

    public static Field text(String name, String label) {
        return of(name, label, Type.TEXT);
    }

    public static Field secret(String name, String label) {
        return of(name, label, Type.SECRET);
    }

    public static Field choice(String name, String label, List<String> choices) {
        return new Field(
                name,
                label,
                Type.CHOICE,
                "",
                "",
                choices.getFirst(),
                false,
                choices,
                null,
                "Connection");
    }

    public static Field file(String name, String label) {
        return of(name, label, Type.FILE);
    }

    public static Field flag(String name, String label) {
        return of(name, label, Type.FLAG);
    }

    public static Field duration(String name, String label) {
        return of(name, label, Type.DURATION);
    }

    public static Field integer(String name, String label) {
        return of(name, label, Type.INTEGER);
    }

    public static Field properties(String name, String label) {
        return of(name, label, Type.PROPERTIES);
    }

    public Field help(String value) {
        return new Field(
                name, label, type, value, hint, preset, required, choices, shownWhen, group);
    }

    public Field hint(String value) {
        return new Field(
                name, label, type, help, value, preset, required, choices, shownWhen, group);
    }

    public Field preset(String value) {
        return new Field(name, label, type, help, hint, value, required, choices, shownWhen, group);
    }

    public Field mandatory() {
        return new Field(name, label, type, help, hint, preset, true, choices, shownWhen, group);
    }

    public Field shownWhen(String field, String... values) {
        return new Field(
                name,
                label,
                type,
                help,
                hint,
                preset,
                required,
                choices,
                new Condition(field, Set.of(values)),
                group);
    }

    public Field in(String value) {
        return new Field(
                name, label, type, help, hint, preset, required, choices, shownWhen, value);
    }
}
