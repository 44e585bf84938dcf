package org.deadletteroffice.desktop.triage;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.desktop.payload.HeaderText;
import org.deadletteroffice.desktop.payload.PayloadText;
import org.deadletteroffice.desktop.text.Ages;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// One line of the message list, worked out once and off the FX thread.
///
/// @param key what the key says; empty where there is none
/// @param died when, in the operator's time zone
/// @param tries how often it was tried; empty where unknown
/// @param type of the CloudEvent, else the format
/// @param preview of the payload on one line
public record MessageRow(
        MessageView message, String key, String died, String tries, String type, String preview) {
    private static final int PREVIEW = 160;

    public static MessageRow of(MessageView message, Clock clock) {
        var letter = message.letter();
        var event = message.cloudEvent();
        return new MessageRow(
                message,
                key(letter.key()),
                died(diedAt(message), clock),
                Objects.toString(message.failure().tries(), ""),
                event == null ? message.decoded().format() : event.type(),
                letter.corrupt() == null
                        ? PayloadText.preview(message.decoded(), letter.payload(), PREVIEW)
                        : letter.corrupt());
    }

    public QueueRef queue() {
        return message.letter().queue();
    }

    public MessageId id() {
        return message.letter().id();
    }

    public String idText() {
        return id().text();
    }

    public boolean resolved() {
        return message.fate().resolved();
    }

    /// How often it came back after a redrive.
    public int returns() {
        return message.fate().returns();
    }

    /// When it died: what the failure says, else when it came here.
    static @Nullable Instant diedAt(MessageView message) {
        var last = message.failure().latestDeath();
        return last == null ? message.letter().timestamp() : last;
    }

    /// As a screen reader says it.
    public String spoken() {
        return "Message %s%s, died %s%s"
                .formatted(
                        id(),
                        key.isEmpty() ? "" : ", key " + key,
                        died.isEmpty() ? "at an unknown time" : died,
                        resolved() ? ", redriven" : "");
    }

    private static String key(byte @Nullable [] key) {
        if (key == null) {
            return "";
        }
        var text = HeaderText.of(new Header("key", key));
        return switch (text.kind()) {
            case NULL, EMPTY -> "(empty)";
            case TEXT -> PayloadText.oneLine(new String(key, StandardCharsets.UTF_8), 80);
            case BYTES -> text.text();
        };
    }

    private static String died(@Nullable Instant time, Clock clock) {
        return time == null ? "" : Ages.at(time, clock.instant(), clock.getZone());
    }
}
