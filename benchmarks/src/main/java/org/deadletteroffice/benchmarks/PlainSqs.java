package org.deadletteroffice.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.deadletteroffice.fixtures.sqs.ElasticMq;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/// The peer: eight threads that receive, send and delete by tens with the SDK and nothing else.
final class PlainSqs implements AutoCloseable {
    private static final int THREADS = 8;
    private static final int BATCH = 10;
    private final SqsClient sqs;

    PlainSqs(ElasticMq server) {
        sqs = server.client();
    }

    void createQueue(String name) {
        sqs.createQueue(request -> request.queueName(name));
    }

    String url(String queue) {
        return sqs.getQueueUrl(request -> request.queueName(queue)).queueUrl();
    }

    /// Orders of 1 KiB with two attributes.
    void seed(String queue, int count) throws Exception {
        var url = url(queue);
        var padding = "x".repeat(900);
        var next = new AtomicInteger();
        onAllThreads(
                () -> {
                    for (int from; (from = next.getAndAdd(BATCH)) < count; ) {
                        var entries = new ArrayList<SendMessageBatchRequestEntry>();
                        for (var i = from; i < Math.min(count, from + BATCH); i++) {
                            entries.add(
                                    SendMessageBatchRequestEntry.builder()
                                            .id(Integer.toString(i))
                                            .messageBody(
                                                    "{\"orderId\":\"A-%d\",\"note\":\"%s\"}"
                                                            .formatted(i, padding))
                                            .messageAttributes(
                                                    Map.of(
                                                            "tenant", text("shop-" + i % 7),
                                                            "kind", text("order")))
                                            .build());
                        }
                        sqs.sendMessageBatch(request -> request.queueUrl(url).entries(entries));
                    }
                    return null;
                });
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
    }

    /// @return how many
    long move(String from, String to) throws Exception {
        var source = url(from);
        var target = url(to);
        var moved = new AtomicInteger();
        onAllThreads(
                () -> {
                    while (moveTen(source, target, moved)) {
                        // until the queue is empty
                    }
                    return null;
                });
        return moved.get();
    }

    private boolean moveTen(String source, String target, AtomicInteger moved) {
        var messages =
                sqs.receiveMessage(
                                request ->
                                        request.queueUrl(source)
                                                .maxNumberOfMessages(BATCH)
                                                .messageAttributeNames("All"))
                        .messages();
        if (messages.isEmpty()) {
            return false;
        }
        var sends = new ArrayList<SendMessageBatchRequestEntry>();
        var deletes = new ArrayList<DeleteMessageBatchRequestEntry>();
        for (var message : messages) {
            var id = Integer.toString(sends.size());
            sends.add(
                    SendMessageBatchRequestEntry.builder()
                            .id(id)
                            .messageBody(message.body())
                            .messageAttributes(message.messageAttributes())
                            .build());
            deletes.add(
                    DeleteMessageBatchRequestEntry.builder()
                            .id(id)
                            .receiptHandle(message.receiptHandle())
                            .build());
        }
        sqs.sendMessageBatch(request -> request.queueUrl(target).entries(sends));
        sqs.deleteMessageBatch(request -> request.queueUrl(source).entries(deletes));
        moved.addAndGet(messages.size());
        return true;
    }

    private static void onAllThreads(Callable<?> work) throws Exception {
        try (var pool = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> running = new ArrayList<>();
            for (var i = 0; i < THREADS; i++) {
                running.add(pool.submit(work));
            }
            for (var each : running) {
                each.get();
            }
        }
    }

    @Override
    public void close() {
        sqs.close();
    }
}
