package org.deadletteroffice.sqs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.deadletteroffice.spi.connector.ServerSideMover;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Numerals;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.StartMessageMoveTaskRequest;

/// StartMessageMoveTask: SQS moves the whole dead-letter queue by itself. The handle that this
/// program gives out names the queue too, since SQS lists tasks by queue and tells the handle of a
/// running one only.
final class SqsMover implements ServerSideMover {
    /// SQS's own limit of a task.
    static final int MOST_PER_SECOND = 500;

    /// Tasks of one queue that SQS lists.
    private static final int LISTED = 10;

    /// Milliseconds between the clock here and that of SQS, at most.
    private static final long MOST_DISTANCE = 60_000;

    /// In a handle, in place of SQS's own, which an ended task has no more.
    private static final String ENDED = "-";

    private final Account account;

    /// How far a task was when it was last seen, for what SQS forgets about an ended one.
    private final Map<String, Long> moved = new ConcurrentHashMap<>();

    SqsMover(Account account) {
        this.account = account;
    }

    @Override
    public String start(QueueRef from, @Nullable QueueRef to, @Nullable Integer perSecond)
            throws BrokerException {
        var calls = account.calls();
        var address = account.address(calls, from.name());
        if (account.sources(calls, address).isEmpty()) {
            throw SqsConnection.noDeadLetterQueue(from.name());
        }
        if (perSecond != null && (perSecond < 1 || perSecond > MOST_PER_SECOND)) {
            throw new IllegalArgumentException(
                    "SQS moves 1 to 500 messages per second, not " + perSecond);
        }
        var source = account.attributes(calls, address).arn();
        var destination =
                to == null
                        ? null
                        : account.attributes(calls, account.address(calls, to.name())).arn();
        var request =
                StartMessageMoveTaskRequest.builder()
                        .sourceArn(source)
                        .destinationArn(destination)
                        .maxNumberOfMessagesPerSecond(perSecond)
                        .build();
        var answer =
                calls.call(
                        Act.moving(from.name()),
                        () -> account.clients().sqs().startMessageMoveTask(request));
        var started = System.currentTimeMillis();
        return new Handle(source, started, answer.taskHandle()).text();
    }

    /// @param arn of the queue that is moved
    /// @param started milliseconds of the epoch, about
    record Handle(String arn, long started, String task) {
        String text() {
            return arn + " " + started + " " + task;
        }

        static Handle parse(String text) throws BrokerException {
            var parts = text.split(" ", 3);
            if (parts.length < 3 || !parts[1].matches("\\d{1,18}")) {
                throw noSuchMove(text);
            }
            return new Handle(parts[0], Long.parseLong(parts[1]), parts[2]);
        }
    }

    @Override
    public MoveStatus status(String handle) throws BrokerException {
        var wanted = Handle.parse(handle);
        var task = find(wanted);
        if (task == null) {
            // ElasticMQ forgets a cancelled task; SQS keeps the last ten.
            var last = moved.get(handle);
            if (last == null) {
                throw noSuchMove(handle);
            }
            return new MoveStatus(MoveStatus.State.CANCELLED, last, "SQS lists the move no more.");
        }
        var count = task.approximateNumberOfMessagesMoved();
        moved.put(handle, count == null ? 0 : count);
        return status(task, count == null ? 0 : count);
    }

    private static MoveStatus status(ListMessageMoveTasksResultEntry task, long moved) {
        var total = task.approximateNumberOfMessagesToMove();
        var of = total == null ? "" : " of about %s".formatted(Numerals.of(total));
        var failure = task.failureReason();
        return switch (String.valueOf(task.status())) {
            case "COMPLETED" -> new MoveStatus(MoveStatus.State.DONE, moved, "");
            case "CANCELLED" -> new MoveStatus(MoveStatus.State.CANCELLED, moved, "");
            case "FAILED" ->
                    new MoveStatus(
                            MoveStatus.State.FAILED,
                            moved,
                            failure == null ? "SQS gives no reason." : failure);
            default ->
                    new MoveStatus(
                            MoveStatus.State.RUNNING,
                            moved,
                            "%s%s moved.".formatted(Numerals.of(moved), of));
        };
    }

    /// SQS tells the handle of a running task only; an ended one is known by when it began.
    @Override
    public Optional<List<KnownMove>> moves(QueueRef from) throws BrokerException {
        var calls = account.calls();
        var arn = account.attributes(calls, account.address(calls, from.name())).arn();
        var known = new ArrayList<KnownMove>();
        for (var task : tasks(arn)) {
            var started = task.startedTimestamp();
            if (started == null) {
                continue;
            }
            var handle =
                    new Handle(arn, started, Objects.requireNonNullElse(task.taskHandle(), ENDED));
            var to = task.destinationArn();
            known.add(
                    new KnownMove(
                            Long.toString(started),
                            handle.text(),
                            to == null ? null : QueueAddress.nameOf(to)));
        }
        return Optional.of(known);
    }

    /// The newest first.
    private List<ListMessageMoveTasksResultEntry> tasks(String arn) throws BrokerException {
        return account.calls()
                .call(
                        Act.watchingMove(QueueAddress.nameOf(arn)),
                        () ->
                                account.clients()
                                        .sqs()
                                        .listMessageMoveTasks(
                                                request ->
                                                        request.sourceArn(arn).maxResults(LISTED)))
                .results();
    }

    private @Nullable ListMessageMoveTasksResultEntry find(Handle wanted) throws BrokerException {
        var tasks = tasks(wanted.arn());
        for (var task : tasks) {
            if (wanted.task().equals(task.taskHandle())) {
                return task;
            }
        }
        // An ended task has no handle; it is the one that began when ours did.
        return tasks.stream()
                .filter(task -> task.taskHandle() == null && task.startedTimestamp() != null)
                .filter(task -> distance(task, wanted) < MOST_DISTANCE)
                .min(Comparator.comparingLong(task -> distance(task, wanted)))
                .orElse(null);
    }

    private static long distance(ListMessageMoveTasksResultEntry task, Handle wanted) {
        return Math.abs(task.startedTimestamp() - wanted.started());
    }

    @Override
    public void cancel(String handle) throws BrokerException {
        var wanted = Handle.parse(handle);
        var answer =
                account.calls()
                        .call(
                                Act.cancellingMove(QueueAddress.nameOf(wanted.arn())),
                                () ->
                                        account.clients()
                                                .sqs()
                                                .cancelMessageMoveTask(
                                                        request ->
                                                                request.taskHandle(wanted.task())));
        var count = answer.approximateNumberOfMessagesMoved();
        moved.put(handle, count == null ? 0 : count);
    }

    private static BrokerException noSuchMove(String handle) {
        return new BrokerException.NotFound(
                "SQS knows no move '" + handle + "'.",
                new Remedy.Advice("Look at the depth of the queue: it may have ended."),
                null);
    }
}
