package org.deadletteroffice.core.cause;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the name of a homemade header says of a death.
///
/// @param strong the name alone shows that the message died
record HeaderMeaning(What what, boolean strong) {
    enum What {
        TYPE,
        MESSAGE,
        STACK_TRACE,
        /// `error`, `exception`: type, message or both, by its value.
        ERROR,
        QUEUE,
        PARTITION,
        POSITION,
        CONSUMER,
        TRIES,
        FIRST_DEATH,
        LAST_DEATH
    }

    /// Names longer than this are not looked at.
    private static final int LONGEST = 100;

    private static final String DEATH =
            "(dlq|dlt|dlx|dead-letter(ed|ing)?|death|dead|error|exception|err|fail(ed|ure|ing)?|reject(ed|ion)?|poison)";
    private static final String BEFORE = "(original|origin|orig|source|src|first-death)";

    private record Rule(Pattern name, What what, boolean strong) {
        static Rule of(String pattern, What what, boolean strong) {
            return new Rule(Pattern.compile(pattern), what, strong);
        }
    }

    /// Over names in lower case with single dashes and without a leading `x-`; the first that fits.
    private static final List<Rule> RULES =
            List.of(
                    Rule.of("(error|exception|err)", What.ERROR, true),
                    Rule.of(
                            "(.+-)?(stack-?trace|stack|back-?trace|trace-?back)",
                            What.STACK_TRACE,
                            true),
                    Rule.of(
                            "(.+-)?"
                                    + DEATH
                                    + "-(root-)?(cause-)?(type|class|class-name|classname|fqcn|name|kind)",
                            What.TYPE,
                            true),
                    Rule.of("(.+-)?(error|exception)-?code", What.TYPE, false),
                    Rule.of(DEATH + "-.*(cause-)?(type|class|class-name|fqcn)", What.TYPE, true),
                    Rule.of(
                            "first-(" + DEATH + ".*|seen|attempt)-?(at|time|timestamp|date|ts)?",
                            What.FIRST_DEATH,
                            false),
                    Rule.of(
                            "(.+-)?" + DEATH + "-(last-)?(at|on|time|timestamp|date|datetime|ts)",
                            What.LAST_DEATH,
                            false),
                    Rule.of(
                            "last-" + DEATH + "-?(at|on|time|timestamp|date|ts)?",
                            What.LAST_DEATH,
                            false),
                    Rule.of(
                            "("
                                    + DEATH
                                    + "-)+(message|msg|reason|detail|details|description|text|info|cause)",
                            What.MESSAGE,
                            true),
                    Rule.of("(.+-)?" + DEATH + "-(message|msg|reason)", What.MESSAGE, true),
                    Rule.of(
                            "(errormessage|exceptionmessage|failurereason|errorreason|dlqreason)",
                            What.MESSAGE,
                            true),
                    Rule.of("(errortype|exceptiontype|errorclass|exceptionclass)", What.TYPE, true),
                    Rule.of(DEATH + "-error", What.ERROR, true),
                    Rule.of(DEATH + "-exception", What.ERROR, true),
                    Rule.of("reason-(" + DEATH + ")", What.MESSAGE, true),
                    Rule.of(
                            DEATH + "-" + BEFORE + "?-?(topic|queue|destination|stream|exchange)",
                            What.QUEUE,
                            true),
                    Rule.of(
                            "(original|origin|orig|first-death)-(topic|queue|destination|stream)",
                            What.QUEUE,
                            true),
                    Rule.of("(source|src)-(topic|queue|destination|stream)", What.QUEUE, false),
                    Rule.of(
                            "(" + DEATH + "-)?" + BEFORE + "-partition|" + DEATH + "-partition",
                            What.PARTITION,
                            false),
                    Rule.of(
                            "("
                                    + DEATH
                                    + "-)?"
                                    + BEFORE
                                    + "-(offset|position|sequence)|"
                                    + DEATH
                                    + "-(offset|position|sequence)",
                            What.POSITION,
                            false),
                    Rule.of(
                            "("
                                    + DEATH
                                    + "-|"
                                    + BEFORE
                                    + "-)+(consumer|consumer-group|group|group-id|consumer-group-id|service|application|app|worker|handler|listener|component)",
                            What.CONSUMER,
                            false),
                    Rule.of(
                            "consumer-group(-id)?|failed-by|rejected-by|consumer",
                            What.CONSUMER,
                            false),
                    Rule.of(
                            "("
                                    + DEATH
                                    + "-)?(retry|retries|attempt|attempts|tries|delivery|deliveries|redelivery|redeliveries|retry-attempt|retry-attempts|delivery-attempt|delivery-attempts)(-(count|number|no|num|total))?",
                            What.TRIES,
                            false),
                    Rule.of(DEATH + "-count", What.TRIES, false),
                    Rule.of(
                            "("
                                    + DEATH
                                    + "-)?(num|number-of|total|retry-|current-)-?(retries|attempts|tries|attempt)",
                            What.TRIES,
                            false));

    /// Null for a name that says nothing of a death.
    static @Nullable HeaderMeaning of(String name) {
        if (name.length() > LONGEST) {
            return null;
        }
        var plain = normalized(name);
        for (var rule : RULES) {
            if (rule.name().matcher(plain).matches()) {
                return new HeaderMeaning(rule.what(), rule.strong());
            }
        }
        return null;
    }

    /// `X-Error_Message`, `errorMessage` and `error.message` are `error-message`.
    static String normalized(String name) {
        var out = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                boolean hump =
                        Character.isUpperCase(c)
                                && i > 0
                                && Character.isLowerCase(name.charAt(i - 1));
                if (hump) {
                    dash(out);
                }
                out.append(Character.toLowerCase(c));
            } else {
                dash(out);
            }
        }
        if (!out.isEmpty() && out.charAt(out.length() - 1) == '-') {
            out.setLength(out.length() - 1);
        }
        return out.length() > 2 && out.charAt(0) == 'x' && out.charAt(1) == '-'
                ? out.substring(2)
                : out.toString();
    }

    private static void dash(StringBuilder out) {
        if (!out.isEmpty() && out.charAt(out.length() - 1) != '-') {
            out.append('-');
        }
    }
}
