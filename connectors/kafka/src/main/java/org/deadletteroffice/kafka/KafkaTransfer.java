package org.deadletteroffice.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.deadletteroffice.kafka.Records.Place;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.jspecify.annotations.Nullable;

/// The sending side of a job on Kafka.
///
/// Within one cluster every batch is one transaction, in which the [JobPosition] is committed too.
/// The transactional id is the job's, so that a second run of the job fences the first, and
/// finishes or undoes what it left open.
///
/// To another cluster, and where the rights for transactions are missing, an idempotent producer
/// sends at least once.
final class KafkaTransfer implements Transfer {
    /// Stands before the job's id in the transactional id and the group id; for ACLs.
    static final String PREFIX = "dlo-redrive-";

    private final Clients clients;
    private final Destinations destinations;
    private final String name;
    private final TransferPlan plan;
    private final JobPosition position;
    private final KafkaProducer<byte[], byte[]> producer;
    private final boolean transactional;
    private @Nullable BrokerException broken;

    /// @throws BrokerException when the cluster does not answer
    KafkaTransfer(Clients clients, TransferPlan plan) throws BrokerException {
        this.clients = clients;
        this.destinations = new Destinations(clients);
        this.plan = plan;
        this.name = PREFIX + plan.jobId();
        this.position = new JobPosition(clients, name, plan.source().name());
        var exact = plan.withinOneBroker() ? transactionalProducer() : null;
        this.transactional = exact != null;
        this.producer = exact != null ? exact : open(Map.of());
    }

    private KafkaProducer<byte[], byte[]> open(Map<String, Object> more) throws BrokerException {
        try {
            return clients.producer(more);
        } catch (RuntimeException failed) {
            throw clients.errors().of(failed, Act.redriving(name));
        }
    }

    /// Null where transactions are not allowed to this user.
    private @Nullable KafkaProducer<byte[], byte[]> transactionalProducer() throws BrokerException {
        var made = open(Map.of("transactional.id", name));
        try {
            made.initTransactions();
            var _ = position.committed();
            return made;
        } catch (RuntimeException failed) {
            Clients.closeAside(() -> made.close(Duration.ZERO));
            var told = clients.errors().of(failed, Act.redriving(name));
            if (told instanceof BrokerException.NotAuthorized
                    || told instanceof BrokerException.Unsupported) {
                return null;
            }
            throw told;
        } catch (BrokerException.NotAuthorized noGroup) {
            Clients.closeAside(() -> made.close(Duration.ZERO));
            return null;
        } catch (BrokerException failed) {
            Clients.closeAside(() -> made.close(Duration.ZERO));
            throw failed;
        }
    }

    @Override
    public Guarantee guarantee() {
        return transactional ? Guarantee.EXACTLY_ONCE : Guarantee.AT_LEAST_ONCE;
    }

    @Override
    public OptionalLong provenPosition() throws BrokerException {
        return transactional ? OptionalLong.of(position.committed()) : OptionalLong.empty();
    }

    @Override
    public List<TransferEvent> rehearse(List<Outgoing> batch) throws BrokerException {
        var names = new HashSet<String>();
        batch.forEach(message -> names.add(message.destination()));
        destinations.learn(names);
        var refused = new ArrayList<TransferEvent>();
        for (var message : batch) {
            destinations
                    .refusal(message)
                    .ifPresent(
                            reason ->
                                    refused.add(
                                            new TransferEvent.Refused(message.sequence(), reason)));
        }
        return refused;
    }

    @Override
    public int batchesAtOnce() {
        return 1;
    }

    @Override
    public Sending begin(List<Outgoing> batch) {
        return () -> send(batch);
    }

    @Override
    public List<TransferEvent> send(List<Outgoing> batch) throws BrokerException {
        var earlier = broken;
        if (earlier != null) {
            throw earlier;
        }
        if (batch.isEmpty()) {
            return List.of();
        }
        var refused = new HashMap<Long, TransferEvent>();
        rehearse(batch).forEach(event -> refused.put(event.sequence(), event));
        if (transactional) {
            return refused.isEmpty() ? sendAsOne(batch) : untouchedBut(batch, refused);
        }
        return sendEach(batch, refused);
    }

    private static List<TransferEvent> untouchedBut(
            List<Outgoing> batch, Map<Long, TransferEvent> refused) {
        return batch.stream()
                .map(
                        message ->
                                refused.getOrDefault(
                                        message.sequence(),
                                        new TransferEvent.Untouched(message.sequence())))
                .toList();
    }

    private List<TransferEvent> sendAsOne(List<Outgoing> batch) throws BrokerException {
        try {
            producer.beginTransaction();
            var answers = new ArrayList<Future<RecordMetadata>>(batch.size());
            RuntimeException stopped = null;
            for (var message : batch) {
                try {
                    answers.add(producer.send(record(message)));
                } catch (RuntimeException rejected) {
                    // The producer itself refuses; what came before may tell why.
                    stopped = rejected;
                    break;
                }
            }
            var refused = refusals(batch, answers, stopped);
            if (!refused.isEmpty()) {
                producer.abortTransaction();
                return untouchedBut(batch, refused);
            }
            producer.sendOffsetsToTransaction(position.behind(batch.getLast()), position.group());
            producer.commitTransaction();
            return sent(batch, answers);
        } catch (RuntimeException failed) {
            throw unknown(clients.errors().of(failed, Act.redriving(name)));
        } catch (BrokerException failed) {
            throw unknown(failed);
        }
    }

    /// After this nothing can be said of the batch before a new transfer asked the broker.
    private BrokerException unknown(BrokerException why) {
        broken = why;
        Clients.closeAside(() -> producer.close(Duration.ZERO));
        return why;
    }

    /// Which messages the broker refused for good, each with its reason.
    ///
    /// @throws BrokerException when a message failed for a reason that says nothing of the message
    private Map<Long, TransferEvent> refusals(
            List<Outgoing> batch,
            List<Future<RecordMetadata>> answers,
            @Nullable RuntimeException stopped)
            throws BrokerException {
        var refused = new HashMap<Long, TransferEvent>();
        Throwable other = null;
        for (var i = 0; i < batch.size(); i++) {
            var message = batch.get(i);
            Throwable failure;
            if (i < answers.size()) {
                failure = failure(answers.get(i));
            } else {
                failure = i == answers.size() ? stopped : null;
            }
            if (failure == null) {
                continue;
            }
            var reason = refusal(message, failure);
            if (reason != null) {
                refused.put(
                        message.sequence(), new TransferEvent.Refused(message.sequence(), reason));
            } else if (other == null) {
                other = failure;
            }
        }
        if (refused.isEmpty() && other != null) {
            throw clients.errors().of(other, Act.writing(batch.getFirst().destination()));
        }
        return refused;
    }

    private @Nullable Throwable failure(Future<RecordMetadata> answer) throws BrokerException {
        try {
            // The producer itself gives up after delivery.timeout.ms.
            var _ =
                    answer.get(
                            clients.profile().timeout().toMillis() + 1_000, TimeUnit.MILLISECONDS);
            return null;
        } catch (ExecutionException failed) {
            return KafkaErrors.unwrapped(failed);
        } catch (InterruptedException stop) {
            throw clients.errors().of(stop, Act.redriving(name));
        } catch (java.util.concurrent.TimeoutException late) {
            throw clients.errors().unreachable(Act.redriving(name), late);
        }
    }

    /// Null for a failure that says nothing of this message.
    private @Nullable BrokerException refusal(Outgoing message, Throwable failure) {
        destinations.forget(message.destination());
        return switch (failure) {
            case RecordTooLargeException _ ->
                    new BrokerException.TooLarge(
                            "The message "
                                    + message.original().id()
                                    + " is larger than "
                                    + message.destination()
                                    + " takes.",
                            0,
                            new Remedy.Advice(
                                    "Raise max.message.bytes of the topic "
                                            + message.destination()
                                            + ", or make the message smaller."),
                            failure);
            case InvalidTimestampException _ -> Destinations.badTime(message);
            case TopicAuthorizationException _, UnknownTopicOrPartitionException _ ->
                    clients.errors().of(failure, Act.writing(message.destination()));
            case InvalidRecordException _ ->
                    new BrokerException.Unsupported(
                            "The topic "
                                    + message.destination()
                                    + " does not take the message "
                                    + message.original().id()
                                    + '.',
                            new Remedy.Advice("Check its key and timestamp."),
                            failure);
            default -> null;
        };
    }

    /// What was confirmed is told, though others were lost: only these may be sent twice.
    private List<TransferEvent> sendEach(List<Outgoing> batch, Map<Long, TransferEvent> refused)
            throws BrokerException {
        var events = new HashMap<>(refused);
        var taken = new ArrayList<OnItsWay>(batch.size());
        BrokerException lost = null;
        for (var message : batch) {
            if (events.containsKey(message.sequence())) {
                continue;
            }
            if (lost != null) {
                events.put(message.sequence(), new TransferEvent.Untouched(message.sequence()));
                continue;
            }
            try {
                taken.add(new OnItsWay(message, record(message), producer));
            } catch (RuntimeException rejected) {
                var event = unsent(message, rejected);
                lost = event instanceof TransferEvent.Unknown(_, var reason) ? reason : null;
                events.put(message.sequence(), event);
            }
        }
        var gaps = new Gaps();
        BrokerException gaveUp = null;
        for (var each : taken) {
            gaveUp = gaveUp != null ? gaveUp : awaited(each.answer());
            // The place is known once there is an answer, so it is asked for afterwards.
            var told = event(each, gaveUp);
            var event = gaps.behind(each.place(), told);
            if (event instanceof TransferEvent.Unknown(_, var reason)) {
                lost = reason;
            }
            events.put(event.sequence(), event);
        }
        var all = batch.stream().map(message -> required(events, message)).toList();
        if (lost != null && all.stream().noneMatch(TransferEvent.Sent.class::isInstance)) {
            throw lost;
        }
        return all;
    }

    /// Null when the answer is there, whatever it says.
    private @Nullable BrokerException awaited(Future<RecordMetadata> answer) {
        try {
            var _ = failure(answer);
            return null;
        } catch (BrokerException givenUp) {
            return givenUp;
        }
    }

    /// @param gaveUp why no answer is waited for any more; those that are there count
    private TransferEvent event(OnItsWay sent, @Nullable BrokerException gaveUp) {
        var message = sent.message();
        var answer = sent.answer();
        if (gaveUp != null && !answer.isDone()) {
            return new TransferEvent.Unknown(message.sequence(), gaveUp);
        }
        return answer.state() == Future.State.SUCCESS
                ? sent(message, answer)
                : unsent(message, KafkaErrors.unwrapped(answer.exceptionNow()));
    }

    private TransferEvent unsent(Outgoing message, Throwable failure) {
        var reason = refusal(message, failure);
        return reason != null
                ? new TransferEvent.Refused(message.sequence(), reason)
                : new TransferEvent.Unknown(
                        message.sequence(),
                        clients.errors().of(failure, Act.writing(message.destination())));
    }

    private static TransferEvent required(Map<Long, TransferEvent> events, Outgoing message) {
        var event = events.get(message.sequence());
        if (event == null) {
            throw new IllegalStateException("no event for " + message.sequence());
        }
        return event;
    }

    private List<TransferEvent> sent(List<Outgoing> batch, List<Future<RecordMetadata>> answers) {
        var events = new ArrayList<TransferEvent>(batch.size());
        for (var i = 0; i < batch.size(); i++) {
            events.add(sent(batch.get(i), answers.get(i)));
        }
        return events;
    }

    private static TransferEvent sent(Outgoing message, Future<RecordMetadata> answer) {
        var where = answer.resultNow();
        return new TransferEvent.Sent(
                message.sequence(), where.topic() + ' ' + where.partition() + '-' + where.offset());
    }

    /// A message that goes back to where it lay keeps its partition, and so its place among those
    /// of its key.
    private @Nullable Integer partition(Outgoing message) {
        var wished = message.partition();
        return wished == null
                        && plan.withinOneBroker()
                        && message.destination().equals(plan.source().name())
                ? Place.of(message.original().id()).map(Place::partition).orElse(null)
                : wished;
    }

    private ProducerRecord<byte[], byte[]> record(Outgoing message) {
        var headers = new ArrayList<Header>(message.headers().size());
        for (var header : message.headers()) {
            headers.add(new RecordHeader(header.name(), header.value()));
        }
        var timestamp = message.timestamp();
        return new ProducerRecord<>(
                message.destination(),
                destinations.partition(message.destination(), partition(message)),
                timestamp == null ? null : timestamp.toEpochMilli(),
                message.key(),
                message.payload(),
                headers);
    }

    @Override
    public void forget() {
        close();
        if (transactional) {
            position.forget();
        }
    }

    @Override
    public void close() {
        if (broken == null) {
            broken = KafkaErrors.cancelled(Act.redriving(name), null);
            Clients.closeAside(() -> producer.close(Duration.ofSeconds(1)));
        }
    }
}
