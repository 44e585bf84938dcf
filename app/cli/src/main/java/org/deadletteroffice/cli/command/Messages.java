package org.deadletteroffice.cli.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.core.browse.Completeness;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.QueueInfo;
import org.jspecify.annotations.Nullable;

/// Messages in the stable form of `--output json`, and as rows of a table.
final class Messages {
    private Messages() {}

    static Table<MessageView> table(QueueInfo queue) {
        var table =
                new Table<MessageView>()
                        .left("ID", view -> view.letter().id())
                        .left("TIME", view -> Text.instant(view.letter().timestamp()));
        if (queue.vanishesAfter() != null) {
            table.left("VANISHES", view -> Text.instant(queue.vanishes(view.letter())));
        }
        return table.left("KEY", view -> text(view.letter().key()))
                .left("TYPE", view -> shortType(view.failure().type()))
                .left("MESSAGE", view -> view.failure().message())
                .left("FROM", view -> origin(view.failure()))
                .right("TRIES", view -> view.failure().tries())
                .left("FORMAT", view -> view.decoded().format())
                .right("SIZE", view -> Text.bytes(view.letter().size()));
    }

    /// The class without its package: the part that tells failures apart.
    static @Nullable String shortType(@Nullable String type) {
        return type == null ? null : type.substring(type.lastIndexOf('.') + 1);
    }

    static @Nullable String origin(Failure failure) {
        var origin = failure.origin();
        if (origin.queue() == null) {
            return null;
        }
        var text = new StringBuilder(origin.queue());
        if (origin.partition() != null) {
            text.append(' ').append(origin.partition());
        }
        if (origin.position() != null) {
            text.append('@').append(origin.position());
        }
        return text.toString();
    }

    /// @param queue where it lies; null where nothing is known of that
    static Map<String, Object> json(MessageView view, @Nullable QueueInfo queue) {
        var letter = view.letter();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", letter.id());
        json.put("queue", letter.queue().name());
        json.put("key", text(letter.key()));
        json.put("keyBase64", letter.key());
        json.put("headers", letter.headers().all().stream().map(Messages::header).toList());
        json.put("timestamp", letter.timestamp());
        json.put("vanishesAt", queue == null ? null : queue.vanishes(letter));
        json.put("deliveries", letter.deliveries());
        json.put("size", letter.size());
        json.put("format", view.decoded().format());
        json.put("schema", schema(view.decoded()));
        json.put("decoder", view.decoder());
        json.put("payload", payload(view.decoded()));
        json.put("payloadBase64", letter.payload());
        json.put("cloudEvent", cloudEvent(view.cloudEvent()));
        json.put("failure", failure(view.failure()));
        json.put("issues", issues(view));
        json.put("fingerprint", view.fingerprint());
        json.put("resolved", view.fate().resolved());
        json.put("job", view.fate().job());
        json.put("returns", view.fate().returns());
        return json;
    }

    private static Map<String, Object> header(Header header) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("name", header.name());
        json.put("value", header.text());
        json.put("valueBase64", header.value());
        return json;
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /// The tree or text, whatever it was wrapped in; null for bytes that nothing can read.
    static @Nullable Object payload(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Structured structured -> structured.tree();
            case Decoded.PlainText text -> text.text();
            case Decoded.Opaque _ -> null;
            case Decoded.Wrapped wrapped -> payload(wrapped.inner());
        };
    }

    private static @Nullable String schema(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Structured structured -> structured.schema();
            case Decoded.PlainText _, Decoded.Opaque _ -> null;
            case Decoded.Wrapped wrapped -> schema(wrapped.inner());
        };
    }

    private static @Nullable Map<String, Object> cloudEvent(
            MessageView.@Nullable CloudEventInfo event) {
        if (event == null) {
            return null;
        }
        var json = new LinkedHashMap<String, Object>();
        json.put("mode", event.mode());
        json.put("specVersion", event.specVersion());
        json.put("id", event.id());
        json.put("source", event.source());
        json.put("type", event.type());
        return json;
    }

    private static Map<String, Object> failure(Failure failure) {
        var json = withoutHistory(failure);
        json.put("history", failure.history().stream().map(Messages::withoutHistory).toList());
        return json;
    }

    private static Map<String, Object> withoutHistory(Failure failure) {
        var origin = new LinkedHashMap<String, @Nullable Object>();
        origin.put("queue", failure.origin().queue());
        origin.put("partition", failure.origin().partition());
        origin.put("position", failure.origin().position());
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("type", failure.type());
        json.put("message", failure.message());
        json.put("stackTrace", failure.stackTrace());
        json.put("chain", failure.chain());
        json.put("origin", origin);
        json.put("consumer", failure.consumer());
        json.put("tries", failure.tries());
        json.put("firstDeath", failure.firstDeath());
        json.put("lastDeath", failure.lastDeath());
        json.put("reader", failure.reader());
        json.put("evidence", failure.evidence());
        return json;
    }

    static List<Map<String, Object>> issues(MessageView view) {
        var issues = new ArrayList<Map<String, Object>>();
        collect(view.decoded(), issues);
        corrupt(view.letter(), issues);
        return issues;
    }

    private static void corrupt(DeadLetter letter, List<Map<String, Object>> issues) {
        if (letter.corrupt() != null) {
            issues.add(
                    issue(new Decoded.Issue(Decoded.Issue.Severity.ERROR, "", letter.corrupt())));
        }
    }

    private static void collect(Decoded decoded, List<Map<String, Object>> issues) {
        decoded.issues().forEach(issue -> issues.add(issue(issue)));
        switch (decoded) {
            case Decoded.Wrapped wrapped -> collect(wrapped.inner(), issues);
            case Decoded.Opaque opaque -> {
                var isTold =
                        opaque.issues().stream()
                                .anyMatch(issue -> issue.sentence().equals(opaque.reason()));
                if (!isTold && !opaque.reason().isEmpty()) {
                    issues.add(
                            issue(
                                    new Decoded.Issue(
                                            Decoded.Issue.Severity.INFO, "", opaque.reason())));
                }
            }
            case Decoded.Structured _, Decoded.PlainText _ -> {}
        }
    }

    private static Map<String, Object> issue(Decoded.Issue issue) {
        var json = new LinkedHashMap<String, Object>();
        json.put("severity", issue.severity());
        json.put("where", issue.where());
        json.put("sentence", issue.sentence());
        return json;
    }

    static Map<String, Object> json(Completeness completeness) {
        var json = new LinkedHashMap<String, Object>();
        json.put("complete", completeness.complete());
        json.put("read", completeness.read());
        json.put("matched", completeness.matched());
        json.put("total", completeness.total().value());
        json.put("totalPrecision", completeness.total().precision());
        json.put("sentence", completeness.sentence());
        json.put("elapsedMs", completeness.millis());
        return json;
    }
}
