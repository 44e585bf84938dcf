package org.deadletteroffice.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.deadletteroffice.kafka.Records.Entry;
import org.deadletteroffice.kafka.Records.Place;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.QueueRef;

/// Reads the partitions of one topic with a consumer that belongs to no group and commits nothing.
///
/// Steps over what cannot be read: records that expired while they were being read are left out,
/// and a record that is damaged comes as a corrupt message.
final class LogReader implements AutoCloseable {
    private static final Pattern DAMAGED = Pattern.compile("from \\S+-(\\d+)\\. If needed");
    private static final Duration STALL = Duration.ofSeconds(1);
    private final Clients clients;
    private final Topics topics;
    private final Topic topic;
    private final Clients.Lease lease;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final QueueRef queue;
    private final Act act;
    private final Map<Integer, Long> lastTimes = new HashMap<>();
    private Deadline stall = Deadline.in(STALL);

    LogReader(Clients clients, Clients.Use use, Topic topic) throws BrokerException {
        this.clients = clients;
        this.topics = new Topics(clients);
        this.topic = topic;
        this.queue = topic.queue();
        this.act = Act.reading(queue.name());
        this.lease = clients.borrow(use, act);
        this.consumer = lease.consumer();
    }

    Act act() {
        return act;
    }

    private TopicPartition partition(int number) {
        return new TopicPartition(queue.name(), number);
    }

    private List<TopicPartition> partitions(Collection<Integer> numbers) {
        return numbers.stream().map(this::partition).toList();
    }

    void assign(Collection<Integer> numbers) throws BrokerException {
        guarded(
                () -> {
                    consumer.assign(partitions(numbers));
                    // A warm consumer may have been paused here by its last reader.
                    consumer.resume(consumer.paused());
                });
    }

    void seek(int number, long offset) throws BrokerException {
        guarded(() -> consumer.seek(partition(number), offset));
    }

    /// Reads on from these partitions alone; the others keep what was fetched for them.
    void listenTo(Collection<Integer> numbers) throws BrokerException {
        guarded(
                () -> {
                    var wanted = partitions(numbers);
                    var rest = new ArrayList<>(consumer.assignment());
                    rest.removeAll(wanted);
                    consumer.pause(rest);
                    consumer.resume(wanted);
                });
    }

    /// The offset that will be read next.
    long position(int number, Deadline deadline) throws BrokerException {
        try {
            return consumer.position(partition(number), deadline.left());
        } catch (RuntimeException failed) {
            throw failed(failed);
        }
    }

    /// What has come, in offset order within each partition; empty where nothing came in time or
    /// only markers did.
    ///
    /// @throws BrokerException.NotFound when the topic was deleted meanwhile: the client itself
    ///     would wait for it to come back
    /// @throws BrokerException.Gone when it was made anew meanwhile
    List<Entry> poll(Deadline deadline) throws BrokerException {
        if (deadline.isStopped()) {
            throw KafkaErrors.cancelled(act, null);
        }
        try {
            var records = consumer.poll(deadline.leftUpTo(Clients.SLICE));
            if (!records.isEmpty()) {
                stall = Deadline.in(STALL);
            } else if (stall.passed()) {
                topics.refuseOther(topic, deadline);
                stall = Deadline.in(STALL);
            }
            var entries = new ArrayList<Entry>(records.count());
            for (var record : records) {
                entries.add(Records.entry(queue, record));
                lastTimes.put(record.partition(), record.timestamp());
            }
            return entries;
        } catch (OffsetOutOfRangeException expired) {
            return stepOver(expired, deadline);
        } catch (ApiException | InterruptException | WakeupException failed) {
            throw failed(failed);
        } catch (KafkaException failed) {
            return stepOver(failed, deadline);
        } catch (RuntimeException failed) {
            throw failed(failed);
        }
    }

    private List<Entry> stepOver(OffsetOutOfRangeException expired, Deadline deadline)
            throws BrokerException {
        guarded(
                () -> {
                    var gone = expired.offsetOutOfRangePartitions();
                    consumer.beginningOffsets(gone.keySet(), deadline.left())
                            .forEach(
                                    (partition, start) -> {
                                        var asked = gone.getOrDefault(partition, 0L);
                                        if (start <= asked) {
                                            // Cut off at its end: an unclean election lost it.
                                            throw expired;
                                        }
                                        consumer.seek(partition, start);
                                    });
                });
        return List.of();
    }

    private List<Entry> stepOver(KafkaException damaged, Deadline deadline) throws BrokerException {
        var text = damaged.getMessage();
        var named = DAMAGED.matcher(text == null ? "" : text);
        if (!named.find()) {
            throw failed(damaged);
        }
        var number = Integer.parseInt(named.group(1));
        var place = new Place(number, position(number, deadline));
        seek(number, place.offset() + 1);
        var cause = damaged.getCause() == null ? damaged : damaged.getCause();
        return List.of(
                Records.corrupt(
                        queue,
                        place,
                        lastTimes.getOrDefault(number, -1L),
                        "The record is damaged in the broker's log ("
                                + cause.getClass().getSimpleName()
                                + ")."));
    }

    private void guarded(Runnable step) throws BrokerException {
        try {
            step.run();
        } catch (RuntimeException failed) {
            throw failed(failed);
        }
    }

    private BrokerException failed(RuntimeException failure) {
        lease.spoil();
        return clients.isClosed()
                ? KafkaErrors.cancelled(act, failure)
                : clients.errors().of(failure, act);
    }

    /// Ends a waiting [#poll], from another thread.
    void wake() {
        lease.wake();
    }

    @Override
    public void close() {
        lease.close();
    }
}
