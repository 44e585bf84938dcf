package org.deadletteroffice.demo.sqs;

import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/// Takes what it can handle and gives back the rest, until it is interrupted. SQS itself lets a
/// message die that was received too often.
final class ShopConsumer implements Runnable {
    private final SqsClient client;
    private final String url;
    private final String poison;

    /// @param poison what a body has that it cannot handle
    ShopConsumer(SqsClient client, String url, String poison) {
        this.client = client;
        this.url = url;
        this.poison = poison;
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                receive().forEach(this::handle);
            }
        } catch (SdkException | IllegalStateException ended) {
            // The demo closes its client.
        }
    }

    private List<Message> receive() {
        return client.receiveMessage(
                        request ->
                                request.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(20))
                .messages();
    }

    private void handle(Message message) {
        if (message.body().contains(poison)) {
            client.changeMessageVisibility(
                    request ->
                            request.queueUrl(url)
                                    .receiptHandle(message.receiptHandle())
                                    .visibilityTimeout(0));
        } else {
            client.deleteMessage(
                    request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
        }
    }
}
