package org.deadletteroffice.demo.sqs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/// The shop's queues: makes, fills and counts them.
final class ShopQueues {
    private static final int BATCH = 10;

    private final SqsClient client;

    ShopQueues(SqsClient client) {
        this.client = client;
    }

    /// A queue whose name ends in `.fifo` is one.
    void create(String name, Map<QueueAttributeName, String> attributes) {
        var all = new HashMap<>(attributes);
        if (name.endsWith(".fifo")) {
            all.put(QueueAttributeName.FIFO_QUEUE, "true");
        }
        client.createQueue(request -> request.queueName(name).attributes(all));
    }

    /// A queue and its dead-letter queue, into which a message goes after so many receives.
    void createDying(String name, String deadLetters, int receives) {
        create(deadLetters, Map.of());
        var url = url(deadLetters);
        var arn =
                client.getQueueAttributes(
                                request ->
                                        request.queueUrl(url)
                                                .attributeNames(QueueAttributeName.QUEUE_ARN))
                        .attributes()
                        .getOrDefault(QueueAttributeName.QUEUE_ARN, "");
        create(
                name,
                Map.of(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"%s\"}"
                                .formatted(arn, receives)));
    }

    String url(String name) {
        return client.getQueueUrl(request -> request.queueName(name)).queueUrl();
    }

    void send(String name, int count, IntFunction<ShopMessage> messages) {
        var url = url(name);
        for (var from = 0; from < count; from += BATCH) {
            var entries = new ArrayList<SendMessageBatchRequestEntry>();
            for (var n = from; n < Math.min(count, from + BATCH); n++) {
                entries.add(entry(name + "-" + n, messages.apply(n)));
            }
            client.sendMessageBatch(request -> request.queueUrl(url).entries(entries));
        }
    }

    private static SendMessageBatchRequestEntry entry(String id, ShopMessage message) {
        return SendMessageBatchRequestEntry.builder()
                .id(id.replace('.', '-'))
                .messageBody(message.body())
                .messageAttributes(message.attributes())
                .messageGroupId(message.group())
                .messageDeduplicationId(message.group() == null ? null : id)
                .build();
    }

    int visible(String name) {
        var url = url(name);
        return Integer.parseInt(
                client.getQueueAttributes(
                                request ->
                                        request.queueUrl(url)
                                                .attributeNames(
                                                        QueueAttributeName
                                                                .APPROXIMATE_NUMBER_OF_MESSAGES))
                        .attributes()
                        .getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "0"));
    }
}
