package org.deadletteroffice.core.cause;

import java.time.Instant;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// How a death reads in a line of what happened to a message.
public final class DeathWords {
    private DeathWords() {}

    /// What happened, and how often: the broker's own account as it is, else the error.
    ///
    /// @param verb what the message did, where an error tells no more: `died`, `came back`
    public static String of(Failure death, String verb) {
        if (RabbitDeathReader.NAME.equals(death.reader()) && death.message() != null) {
            return death.message();
        }
        var words = new StringBuilder(verb);
        var tries = death.tries();
        if (tries != null && tries > 0) {
            words.append(" after " + Numerals.of(tries, "try", "tries"));
        }
        if (death.type() != null) {
            words.append(": ").append(simple(death.type()));
        }
        return words.toString();
    }

    /// An entry of [Failure#history], to be read beside [#time].
    public static String earlier(Failure death) {
        var words = of(death, "died");
        return death.lastDeath() == null && death.firstDeath() != null
                ? words + " from then on"
                : words;
    }

    /// When an entry of [Failure#history] died; where that is not told, when it first did.
    public static @Nullable Instant time(Failure death) {
        return death.lastDeath() == null ? death.firstDeath() : death.lastDeath();
    }

    /// A type without its package; a broker's reason in words.
    public static String simple(String type) {
        int dot = type.lastIndexOf('.');
        return switch (type) {
            case "maxlen" -> "max length";
            case "delivery_limit" -> "delivery limit";
            default ->
                    dot > 0 && dot + 1 < type.length() && type.indexOf(' ') < 0
                            ? type.substring(dot + 1).replace('$', '.')
                            : type;
        };
    }
}
