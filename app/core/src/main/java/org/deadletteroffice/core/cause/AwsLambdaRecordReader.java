package org.deadletteroffice.core.cause;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Optional;
import org.deadletteroffice.core.decode.BytePattern;
import org.deadletteroffice.spi.cause.CauseReader;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;

/// The record that an on-failure destination of an asynchronous AWS Lambda function is sent: the
/// request, and what the function answered, as the payload (Lambda Developer Guide, "Retaining
/// records of asynchronous invocations"). Nothing of it stands in the headers.
public final class AwsLambdaRecordReader implements CauseReader {
    /// More than SQS takes.
    private static final int MOST_BYTES = 1 << 20;

    /// The request stands behind the record's version and timestamp.
    private static final int HEAD = 512;

    /// Only to tell cheaply what is not worth parsing.
    private static final BytePattern REQUEST = BytePattern.of("\"requestContext\"");

    private static final BytePattern FUNCTION = BytePattern.of("\"functionArn\"");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public String name() {
        return "AWS Lambda";
    }

    /// After all that read headers: it has to look into each payload.
    @Override
    public int order() {
        return 100;
    }

    @Override
    public boolean speaks(Headers headers) {
        return true;
    }

    @Override
    public Optional<Failure> read(DeadLetter message) {
        var payload = message.payload();
        if (payload == null
                || payload.length > MOST_BYTES
                || !REQUEST.isIn(payload, HEAD)
                || !FUNCTION.isIn(payload, HEAD)) {
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
        return false;
    }
}
