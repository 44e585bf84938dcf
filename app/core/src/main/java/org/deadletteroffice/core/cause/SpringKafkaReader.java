package org.deadletteroffice.core.cause;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Origin;
import org.jspecify.annotations.Nullable;

/// Spring Kafka's `DeadLetterPublishingRecoverer` (`kafka_dlt-…`) and its retry topics (`kafka_…`
/// without `dlt`, and `retry_topic-…`); read in the sources of spring-kafka 3.3 and 4.1.
///
/// Offsets, partitions and timestamps are big-endian binary, the rest is text. `…original-*` are
/// appended at each pass: the first is where the message truly came from, the last is the last hop.
/// Exception headers are replaced, or (with `stripPreviousExceptionHeaders=false`) appended too:
/// the last is the latest death, the earlier ones are history. The recoverer's record gets a new
/// timestamp: the time of the death.
public final class SpringKafkaReader implements QuotesHeaders {
    private static final String DLT = "kafka_dlt-";
    private static final String RETRY = "kafka_";

    @Override
    public String name() {
        return "Spring Kafka";
    }

    @Override
    public int order() {
        return 40;
    }

    @Override
    public boolean speaks(Headers headers) {
        return last(headers, DLT) >= 0 || last(headers, RETRY) >= 0;
    }

    @Override
    public Optional<Failure> read(DeadLetter message) {
        var headers = message.headers();
        return Optional.of(read(message, last(headers, DLT) >= last(headers, RETRY) ? DLT : RETRY));
    }

    /// Where the family stands last; -1 where it does not.
    private static int last(Headers headers, String family) {
        return Math.max(
                Evidence.lastIndex(headers, family + "original-topic"),
                Evidence.lastIndex(headers, family + "exception-fqcn"));
    }

    private Failure read(DeadLetter message, String family) {
        var evidence = new Evidence(message.headers());
        var topics = evidence.all(family + "original-topic");
        var partitions = evidence.all(family + "original-partition");
        var offsets = evidence.all(family + "original-offset");
        // The retry topics leave the group under its dead-letter name.
        var group = evidence.lastText(DLT + "original-consumer-group");
        var types = evidence.all(family + "exception-fqcn");
        var causes = evidence.all(family + "exception-cause-fqcn");
        var messages = evidence.all(family + "exception-message");
        var traces = evidence.all(family + "exception-stacktrace");
        if (types.isEmpty() && messages.isEmpty() && traces.isEmpty()) {
            // Nothing but the key failed to deserialize.
            types = evidence.all(family + "key-exception-fqcn");
            messages = evidence.all(family + "key-exception-message");
            traces = evidence.all(family + "key-exception-stacktrace");
        }
        var latest =
                death(at(types, 0), at(causes, 0), at(messages, 0), at(traces, 0))
                        .origin(origin(topics, partitions, offsets, 0));
        int passes = Math.max(topics.size(), types.size());
        var history = new ArrayList<Failure>();
        for (int pass = 0; pass < passes - 1; pass++) {
            // Values of one pass stand at the same distance from the end.
            int fromEnd = passes - 1 - pass;
            history.add(
                    death(
                                    at(types, fromEnd),
                                    at(causes, fromEnd),
                                    at(messages, fromEnd),
                                    at(traces, fromEnd))
                            .origin(origin(topics, partitions, offsets, pass))
                            .reader(name())
                            .build());
        }
        return latest.consumer(group)
                .tries(tries(evidence))
                .firstDeath(history.isEmpty() ? message.timestamp() : null)
                .lastDeath(message.timestamp())
                .reader(name())
                .evidence(evidence.names())
                .history(history)
                .build();
    }

    private static Failure.Builder death(
            @Nullable String type,
            @Nullable String cause,
            @Nullable String said,
            @Nullable String trace) {
        return RootCause.of(type, cause, said, trace).into(Failure.builder()).stackTrace(trace);
    }

    /// The value `fromEnd` places before the last.
    private static @Nullable String at(List<byte[]> values, int fromEnd) {
        int index = values.size() - 1 - fromEnd;
        return index < 0 ? null : Evidence.text(values.get(index));
    }

    private static Origin origin(
            List<byte[]> topics, List<byte[]> partitions, List<byte[]> offsets, int pass) {
        return new Origin(
                pass < topics.size() ? Evidence.text(topics.get(pass)) : null,
                pass < partitions.size()
                        ? Evidence.toInt(Evidence.binary(partitions.get(pass)))
                        : null,
                pass < offsets.size() ? Evidence.binary(offsets.get(pass)) : null);
    }

    /// `retry_topic-attempts` is the number of the attempt that the record waits for
    /// (`DeadLetterPublishingRecovererFactory.addHeaders`: attempts made + 1; one byte in old
    /// versions); `kafka_deliveryAttempt` is the attempt that failed.
    private static @Nullable Integer tries(Evidence evidence) {
        var next = Evidence.toInt(Evidence.binary(evidence.last("retry_topic-attempts")));
        if (next != null) {
            return next > 1 ? Integer.valueOf(next - 1) : next;
        }
        return Evidence.toInt(Evidence.binary(evidence.last("kafka_deliveryAttempt")));
    }

    @Override
    public boolean isFailureHeader(Header header, Headers all) {
        var name = header.name();
        return name.startsWith(DLT)
                || name.startsWith("kafka_original-")
                || name.startsWith("kafka_exception-")
                || name.startsWith("kafka_key-exception-")
                || name.startsWith("retry_topic-")
                || name.equals("kafka_deliveryAttempt")
                || name.startsWith("springDeserializerException");
    }
}
