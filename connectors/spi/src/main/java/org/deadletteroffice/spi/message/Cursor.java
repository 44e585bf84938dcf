package org.deadletteroffice.spi.message;

import java.time.Instant;
import java.time.format.DateTimeParseException;

/// A place between two messages of a queue, from which one can page either way. Survives as text,
/// so that a script can go on where it stopped; a broker may refuse an old one with `Gone`.
public sealed interface Cursor {
    static Cursor oldest() {
        return new Oldest();
    }

    static Cursor newest() {
        return new Newest();
    }

    /// Before the first message.
    record Oldest() implements Cursor {}

    /// After the last message.
    record Newest() implements Cursor {}

    /// Before the first message whose timestamp is at or after `instant`.
    record At(Instant instant) implements Cursor {}

    /// Just before the message with this id, whether or not it still exists.
    record Before(MessageId id) implements Cursor {}

    /// What a connector said; only it can read it.
    record Token(String token) implements Cursor {}

    /// The form that [#parse] reads: `oldest`, `newest`, an RFC 3339 instant, `id:` + message id,
    /// `c:` + token.
    default String text() {
        return switch (this) {
            case Oldest _ -> "oldest";
            case Newest _ -> "newest";
            case At(var instant) -> instant.toString();
            case Before(var id) -> "id:" + id;
            case Token(var token) -> "c:" + token;
        };
    }

    /// Reads what [#text] writes.
    ///
    /// @throws IllegalArgumentException with a sentence for the operator
    static Cursor parse(String text) {
        if (text.equals("oldest")) {
            return oldest();
        }
        if (text.equals("newest")) {
            return newest();
        }
        if (text.startsWith("id:") && text.length() > 3) {
            return new Before(new MessageId(text.substring(3)));
        }
        if (text.startsWith("c:")) {
            return new Token(text.substring(2));
        }
        try {
            return new At(Instant.parse(text));
        } catch (DateTimeParseException notATime) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "' is no place in a queue. Give newest, oldest, id:ID, a nextCursor, or a time such as"
                            + " 2026-01-31T08:00:00Z.",
                    notATime);
        }
    }
}
