package org.deadletteroffice.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.deadletteroffice.spi.error.BrokerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/// Receives, hides and gives back messages of one queue. Thread-safe.
final class Receiver {
    /// A short poll asks some of SQS's servers only, and even a long one may come back empty while
    /// counts lag behind: so many in a row mean the end.
    private static final int EMPTY_POLLS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

    private final Account account;
    private final QueueAddress address;
    private final Duration visibility;
    private final Duration poll;

    Receiver(Account account, QueueAddress address, Duration visibility, Duration poll) {
        this.account = account;
        this.address = address;
        this.visibility = visibility;
        this.poll = poll;
    }

    /// Takes what one receive gave.
    interface Taker {
        /// @param asked when it was asked for, on the clock of [System#nanoTime]: the messages are
        ///     hidden from then at the earliest
        /// @return how many were not known before
        int take(List<Message> messages, long asked);
    }

    /// @return how many came that were not known before; 0 at the end
    int receive(Calls calls, int wanted, Taker taker) throws BrokerException {
        for (var empty = 0; empty < EMPTY_POLLS; empty++) {
            var fresh = round(calls, wanted, taker);
            if (fresh > 0) {
                return fresh;
            }
            // A long poll asks all servers: with none visible either, this is the end.
            if (account.attributes(calls, address).visible() == 0) {
                return 0;
            }
        }
        return 0;
    }

    private int round(Calls calls, int wanted, Taker taker) throws BrokerException {
        var sqs = account.clients().sqs();
        var act = Act.reading(address.name());
        var fresh = new AtomicInteger();
        var empty = new AtomicInteger();
        Callable<Boolean> receive =
                () -> {
                    if (empty.get() > 0) {
                        return false;
                    }
                    var asked = System.nanoTime();
                    var messages = sqs.receiveMessage(request()).messages();
                    if (messages.isEmpty()) {
                        empty.incrementAndGet();
                    } else {
                        fresh.addAndGet(taker.take(messages, asked));
                    }
                    return true;
                };
        // One after the other where order matters.
        var width = address.isFifo() ? 1 : MessageLimits.WIDTH;
        var count = Math.max(1, (wanted + MessageLimits.BATCH - 1) / MessageLimits.BATCH);
        calls.all(act, calls.timeout().plus(poll), Collections.nCopies(count, receive), width);
        return fresh.get();
    }

    private ReceiveMessageRequest request() {
        return ReceiveMessageRequest.builder()
                .queueUrl(address.url())
                .maxNumberOfMessages(MessageLimits.BATCH)
                .visibilityTimeout((int) visibility.toSeconds())
                .waitTimeSeconds((int) poll.toSeconds())
                .messageSystemAttributeNames(Letters.READ)
                .messageAttributeNames("All")
                .build();
    }

    /// Hides them for the whole visibility timeout from now.
    ///
    /// @return those that SQS does not let us hide any longer; null when it did not answer
    @Nullable List<Held> extend(List<Held> messages) {
        try {
            return change(messages, (int) visibility.toSeconds());
        } catch (BrokerException unanswered) {
            LOG.debug("Held messages of {} were not extended.", address.name(), unanswered);
            return null;
        }
    }

    /// Makes them visible at once. Never throws; gives up when SQS answers nothing for two seconds,
    /// as they become visible by themselves.
    void release(List<Held> messages) {
        // On a thread of its own: the caller may be interrupted, and they are given back all the
        // same.
        var progress = new AtomicInteger();
        var calls = account.releasing();
        var done = new java.util.concurrent.CountDownLatch(1);
        Thread.ofVirtual()
                .name("release " + address.name())
                .start(
                        () -> {
                            try {
                                change(calls, messages, 0, progress);
                            } catch (BrokerException left) {
                                LOG.debug("Some of {} stay hidden.", address.name(), left);
                            } finally {
                                done.countDown();
                            }
                        });
        var interrupted = false;
        for (var before = -1; before != progress.get(); ) {
            before = progress.get();
            try {
                if (done.await(2, TimeUnit.SECONDS)) {
                    break;
                }
            } catch (InterruptedException later) {
                interrupted = true;
                before = -1;
            }
        }
        calls.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Held> change(List<Held> messages, int seconds) throws BrokerException {
        var calls = account.releasing();
        try {
            return change(calls, messages, seconds, new AtomicInteger());
        } finally {
            calls.close();
        }
    }

    private List<Held> change(Calls calls, List<Held> messages, int seconds, AtomicInteger progress)
            throws BrokerException {
        var sqs = account.clients().sqs();
        var act = Act.holding(address.name());
        var questions = new ArrayList<Callable<List<Held>>>();
        for (var from = 0; from < messages.size(); from += MessageLimits.BATCH) {
            var some =
                    messages.subList(from, Math.min(messages.size(), from + MessageLimits.BATCH));
            questions.add(
                    () -> {
                        var answer =
                                sqs.changeMessageVisibilityBatch(
                                        request ->
                                                request.queueUrl(address.url())
                                                        .entries(entries(some, seconds)));
                        progress.incrementAndGet();
                        return answer.failed().stream()
                                .filter(failed -> Boolean.TRUE.equals(failed.senderFault()))
                                .map(failed -> some.get(Integer.parseInt(failed.id())))
                                .toList();
                    });
        }
        return calls.all(act, questions, MessageLimits.WIDTH).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<ChangeMessageVisibilityBatchRequestEntry> entries(
            List<Held> messages, int seconds) {
        var entries = new ArrayList<ChangeMessageVisibilityBatchRequestEntry>();
        for (var message : messages) {
            entries.add(
                    ChangeMessageVisibilityBatchRequestEntry.builder()
                            .id(Integer.toString(entries.size()))
                            .receiptHandle(message.handle)
                            .visibilityTimeout(seconds)
                            .build());
        }
        return entries;
    }
}
