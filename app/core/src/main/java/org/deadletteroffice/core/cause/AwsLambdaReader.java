package org.deadletteroffice.core.cause;

import java.nio.charset.StandardCharsets;
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
/// "Dead-letter queues"); SNS sets the same where it has them, and its body is the envelope.
public final class AwsLambdaReader implements CauseReader {
    private static final String REQUEST = "RequestID";
    private static final String MESSAGE = "ErrorMessage";

    /// A number stands with its data type behind the name.
    private static final String CODE = "ErrorCode:Number";

    private static final String CODE_AS_TEXT = "ErrorCode";
    private static final Set<String> NAMES = Set.of(REQUEST, MESSAGE, CODE, CODE_AS_TEXT);

    /// More than SQS takes.
    private static final int MOST_BYTES = 1 << 20;

    @Override
    public String name() {
        return "AWS Lambda";
    }

    @Override
    public int order() {
        return 40;
    }

    @Override
    public boolean speaks(Headers headers) {
        return Evidence.has(headers, REQUEST) && Evidence.has(headers, MESSAGE);
    }

    @Override
    public Optional<Failure> read(DeadLetter message) {
        var evidence = new Evidence(message.headers());
        var code = evidence.lastText(CODE);
        var said = evidence.lastText(MESSAGE);
        evidence.lastText(REQUEST);
        return Optional.of(
                Failure.builder()
                        .type(code != null ? code : evidence.lastText(CODE_AS_TEXT))
                        .message(said)
                        .lastDeath(message.timestamp())
                        .reader(isNotification(message.payload()) ? "Amazon SNS" : name())
                        .evidence(evidence.names())
                        .build());
    }

    private static boolean isNotification(byte @Nullable [] payload) {
        return payload != null
                && payload.length <= MOST_BYTES
                && new String(payload, StandardCharsets.ISO_8859_1).contains("\"TopicArn\"");
    }

    @Override
    public boolean isFailureHeader(Header header, Headers all) {
        return NAMES.contains(header.name()) && speaks(all);
    }
}
