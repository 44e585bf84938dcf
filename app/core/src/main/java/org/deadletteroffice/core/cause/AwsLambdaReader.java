package org.deadletteroffice.core.cause;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import org.deadletteroffice.spi.cause.CauseReader;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;

/// An event that an asynchronous AWS Lambda function did not take, or a notification that Amazon
/// SNS could not deliver, in an SQS queue.
///
/// A dead-letter queue's message has the attributes `RequestID` (String), `ErrorCode` (Number) and
/// `ErrorMessage` (String, cut to 1 KB), and the event as its body (Lambda Developer Guide,
/// "Dead-letter queues"); SNS sets the same where it has them, and its body is the envelope. An
/// on-failure destination writes a record with the request and what the function answered.
public final class AwsLambdaReader implements CauseReader {
    private static final String REQUEST = "RequestID";
    private static final String MESSAGE = "ErrorMessage";

    /// A number stands with its data type behind the name.
    private static final String CODE = "ErrorCode:Number";

    private static final String CODE_AS_TEXT = "ErrorCode";
    private static final Set<String> NAMES = Set.of(REQUEST, MESSAGE, CODE, CODE_AS_TEXT);

    /// More than SQS takes.
    private static final int MOST_BYTES = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public String name() {
        return "AWS Lambda";
    }

    @Override
    public int order() {
        return 40;
    }

    private static boolean speaks(Headers headers) {
        return Evidence.has(headers, REQUEST) && Evidence.has(headers, MESSAGE);
    }

    @Override
    public Optional<Failure> read(DeadLetter message) {
        return speaks(message.headers())
                ? Optional.of(fromAttributes(message))
                : fromRecord(message);
    }

    private Failure fromAttributes(DeadLetter message) {
        var evidence = new Evidence(message.headers());
        var code = evidence.lastText(CODE);
        var said = evidence.lastText(MESSAGE);
        evidence.lastText(REQUEST);
        var isNotification = holds(message.payload(), "\"TopicArn\"");
        return Failure.builder()
                .type(code != null ? code : evidence.lastText(CODE_AS_TEXT))
                .message(said)
                .lastDeath(message.timestamp())
                .reader(isNotification ? "Amazon SNS" : name())
                .evidence(evidence.names())
                .build();
    }

    private Optional<Failure> fromRecord(DeadLetter message) {
        var payload = message.payload();
        if (payload == null
                || payload.length > MOST_BYTES
                || !holds(payload, "\"requestContext\"")
                || !holds(payload, "\"functionArn\"")) {
            return Optional.empty();
        }
        try {
            var record = JSON.readTree(payload);
            var request = record.path("requestContext");
            var function = text(request.path("functionArn"));
            var condition = text(request.path("condition"));
            if (function == null || condition == null) {
                return Optional.empty();
            }
            var answer = record.path("responsePayload");
            var type = text(answer.path("errorType"));
            var tries = request.path("approximateInvokeCount");
            return Optional.of(
                    Failure.builder()
                            .type(type != null ? type : condition)
                            .message(text(answer.path("errorMessage")))
                            .stackTrace(trace(answer))
                            .consumer(function)
                            .tries(tries.canConvertToInt() ? tries.intValue() : null)
                            .lastDeath(message.timestamp())
                            .reader(name())
                            .build());
        } catch (JacksonException notJson) {
            return Optional.empty();
        } catch (IOException fromAnArray) {
            throw new IllegalStateException(fromAnArray);
        }
    }

    private static boolean holds(byte @Nullable [] payload, String part) {
        // Only to tell cheaply what is not worth parsing.
        return payload != null
                && payload.length <= MOST_BYTES
                && new String(payload, StandardCharsets.ISO_8859_1).contains(part);
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : null;
    }

    /// A list of frames under a name that depends on the function's language.
    private static @Nullable String trace(JsonNode answer) {
        for (var name : new String[] {"stackTrace", "trace"}) {
            var frames = answer.path(name);
            if (frames.isArray() && !frames.isEmpty()) {
                var lines = new ArrayList<String>();
                frames.forEach(frame -> lines.add(frame.asText()));
                return String.join("\n", lines);
            }
        }
        return null;
    }

    @Override
    public boolean isFailureHeader(Header header, Headers all) {
        return NAMES.contains(header.name()) && speaks(all);
    }
}
