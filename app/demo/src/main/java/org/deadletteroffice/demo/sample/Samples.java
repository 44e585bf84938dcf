package org.deadletteroffice.demo.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// The topic that partners of the shop send to, each in a format of its own, and its dead letters:
/// one of every format.
public final class Samples {
    public static final String ORIGIN = "partners.inbox";
    public static final String DEAD_LETTERS = "partners.inbox.dlq";

    private static final Duration APART = Duration.ofMinutes(7);

    private Samples() {}

    /// All of them, in an order that stays.
    public static List<Sample> all() {
        try {
            return Stream.of(
                            TextSamples.all(),
                            BinarySamples.all(),
                            SchemaSamples.all(),
                            WrappedSamples.all())
                    .flatMap(List::stream)
                    .toList();
        } catch (IOException impossible) {
            // All of it is written into memory.
            throw new UncheckedIOException(impossible);
        }
    }

    /// Writes the schemas that the messages name; what a profile's `schemaFolder` is.
    public static void writeSchemas(Path folder) {
        SchemaSamples.writeSchemas(folder);
    }

    /// Writes each to its topic and its dead letter to the other. Blocks until the broker has them.
    ///
    /// @param now when the newest died
    /// @throws IllegalStateException when the broker refuses one
    public static void send(Producer<byte[], byte[]> producer, Instant now)
            throws InterruptedException {
        var all = all();
        for (var i = 0; i < all.size(); i++) {
            var sample = all.get(i);
            var died = now.minus(APART.multipliedBy(all.size() - i));
            var sent = died.minusSeconds(3);
            var key = sample.name().getBytes(UTF_8);
            try {
                var place =
                        producer.send(
                                        new ProducerRecord<>(
                                                ORIGIN,
                                                null,
                                                sent.toEpochMilli(),
                                                key,
                                                sample.payload(),
                                                sample.headers()))
                                .get();
                producer.send(
                                new ProducerRecord<>(
                                        DEAD_LETTERS,
                                        null,
                                        died.toEpochMilli(),
                                        key,
                                        sample.payload(),
                                        headers(sample, place.offset(), died)))
                        .get();
            } catch (ExecutionException refused) {
                throw new IllegalStateException(
                        "The sample '" + sample.name() + "' could not be sent.",
                        refused.getCause());
            }
        }
    }

    /// Those of the producer, and those that tell of the death.
    public static RecordHeaders headers(Sample sample, long offset, Instant died) {
        var headers =
                new RecordHeaders(
                        sample.headers().toArray(new org.apache.kafka.common.header.Header[0]));
        sample.style()
                .headers(
                        sample.trouble(),
                        new FailureStyle.Origin(ORIGIN, Long.toString(offset), died))
                .forEach(headers::add);
        return headers;
    }
}
