package org.deadletteroffice.demo.seed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.record.TimestampType;
import org.deadletteroffice.demo.shop.Message;
import org.deadletteroffice.demo.shop.RefundMessages;
import org.deadletteroffice.demo.style.Death;
import org.deadletteroffice.demo.style.Thrown;

/// Writes a flow's past: each bad message goes through all topics of its flow as it would have
/// then, so that a dead letter's headers point to the record it was. All topics but the retry
/// topics end up in the order of time.
///
/// Threads: several flows may be seeded at once.
public final class Seeder {
    private static final Duration REPLAYED_AFTER = Duration.ofHours(2);

    private final Producer<byte[], byte[]> producer;
    private final Instant now;

    /// @param now when the past ends
    public Seeder(Producer<byte[], byte[]> producer, Instant now) {
        this.producer = producer;
        this.now = now;
    }

    /// Blocks until the broker has all of it.
    ///
    /// @throws IllegalStateException when the broker refuses a message
    public void seed(Flow flow) throws InterruptedException {
        var random = new SplittableRandom(flow.origin().hashCode());
        var journeys = journeys(flow, random);
        var underWay = new ArrayList<>(journeys);
        while (!underWay.isEmpty()) {
            travel(flow, underWay, random);
            underWay.removeIf(journey -> journey.arrived(flow));
        }
        journeys.sort(Comparator.comparing(Journey::at));
        await(journeys.stream().map(journey -> producer.send(journey.record)).toList());
    }

    /// @see Backlog#QUIET_TOPIC
    public void seedQuietTopic() throws InterruptedException {
        var messages = new RefundMessages(Backlog.QUIET_MESSAGES);
        var step = When.SPAN.dividedBy(Backlog.QUIET_MESSAGES);
        await(
                IntStream.range(0, Backlog.QUIET_MESSAGES)
                        .mapToObj(i -> now.minus(When.SPAN).plus(step.multipliedBy(i)))
                        .map(at -> first(Backlog.QUIET_TOPIC, messages.good(at), at))
                        .map(producer::send)
                        .toList());
    }

    private List<Journey> journeys(Flow flow, SplittableRandom random) {
        var all = new ArrayList<Journey>();
        for (var cause : flow.causes()) {
            for (var i = 0; i < cause.count(); i++) {
                var at =
                        cause.when()
                                .pick(
                                        random,
                                        now.minus(REPLAYED_AFTER.multipliedBy(cause.passes() - 1)));
                all.add(new Journey(cause, at));
            }
        }
        all.sort(Comparator.comparing(Journey::at));
        for (var journey : all) {
            journey.record =
                    first(flow.origin(), journey.cause.message().apply(journey.at), journey.at);
        }
        return all;
    }

    /// One step of each journey: the record is sent, its consumer fails, and the framework says
    /// where it goes next.
    private void travel(Flow flow, List<Journey> journeys, SplittableRandom random)
            throws InterruptedException {
        var sent = new ArrayList<Future<RecordMetadata>>();
        if (isOrigin(flow, journeys) && flow.history() > 0) {
            sent.addAll(history(flow));
        }
        var places = journeys.stream().map(journey -> producer.send(journey.record)).toList();
        var found = await(places);
        await(sent);
        for (var i = 0; i < journeys.size(); i++) {
            journeys.get(i).die(flow, found.get(i), random);
        }
    }

    private static boolean isOrigin(Flow flow, List<Journey> journeys) {
        return journeys.stream().allMatch(journey -> journey.passes == 0)
                && journeys.getFirst().record.topic().equals(flow.origin());
    }

    private List<Future<RecordMetadata>> history(Flow flow) {
        var step = When.SPAN.dividedBy(flow.history());
        return IntStream.range(0, flow.history())
                .mapToObj(i -> now.minus(When.SPAN).plus(step.multipliedBy(i)))
                .map(at -> producer.send(first(flow.origin(), flow.good().apply(at), at)))
                .toList();
    }

    private static ProducerRecord<byte[], byte[]> first(String topic, Message message, Instant at) {
        return new ProducerRecord<>(
                topic, null, at.toEpochMilli(), message.key(), message.value(), message.headers());
    }

    private static List<RecordMetadata> await(List<Future<RecordMetadata>> sent)
            throws InterruptedException {
        var all = new ArrayList<RecordMetadata>(sent.size());
        for (var one : sent) {
            try {
                all.add(one.get());
            } catch (ExecutionException refused) {
                throw new IllegalStateException(
                        "The demo's broker refused a message: " + refused.getMessage(), refused);
            }
        }
        return all;
    }

    /// One message on its way to its dead-letter topic.
    private static final class Journey {
        private final Cause cause;
        private Instant at;
        private int passes;

        @SuppressWarnings("NullAway.Init") // set before the journey begins
        private ProducerRecord<byte[], byte[]> record;

        Journey(Cause cause, Instant at) {
            this.cause = cause;
            this.at = at;
        }

        Instant at() {
            return at;
        }

        boolean arrived(Flow flow) {
            return record.topic().equals(flow.deadLetters());
        }

        void die(Flow flow, RecordMetadata place, SplittableRandom random) {
            var read = read(record, place);
            at = at.plusMillis(40 + random.nextInt(2_500));
            record = flow.style().deadLetter(new Death(read, thrown(flow, read), at));
            if (arrived(flow) && ++passes < cause.passes()) {
                at = at.plus(REPLAYED_AFTER);
                record =
                        new ProducerRecord<>(
                                flow.origin(),
                                null,
                                at.toEpochMilli(),
                                record.key(),
                                record.value(),
                                record.headers());
            }
        }

        private Thrown thrown(Flow flow, ConsumerRecord<byte[], byte[]> read) {
            return cause.outage()
                    .or(() -> flow.service().process(read))
                    .orElseThrow(
                            () ->
                                    new IllegalStateException(
                                            "a bad message of "
                                                    + flow.origin()
                                                    + " would not die"));
        }

        private static ConsumerRecord<byte[], byte[]> read(
                ProducerRecord<byte[], byte[]> sent, RecordMetadata place) {
            return new ConsumerRecord<>(
                    place.topic(),
                    place.partition(),
                    place.offset(),
                    place.timestamp(),
                    TimestampType.CREATE_TIME,
                    place.serializedKeySize(),
                    place.serializedValueSize(),
                    sent.key(),
                    sent.value(),
                    sent.headers(),
                    Optional.empty());
        }
    }
}
