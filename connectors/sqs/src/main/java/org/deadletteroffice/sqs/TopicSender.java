package org.deadletteroffice.sqs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.spi.error.BrokerException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;

/// PublishBatch: to every subscriber of a topic.
final class TopicSender implements Sender {
    private final Account account;
    private final Destination.Topic topic;

    TopicSender(Account account, Destination.Topic topic) {
        this.account = account;
        this.topic = topic;
    }

    @Override
    public int mostBytes() {
        return Destination.Topic.MOST_BYTES;
    }

    @Override
    public Outcome send(List<Prepared> batch) throws BrokerException {
        var entries = new ArrayList<PublishBatchRequestEntry>();
        for (var message : batch) {
            entries.add(
                    PublishBatchRequestEntry.builder()
                            .id(Integer.toString(entries.size()))
                            .subject(message.subject())
                            .message(message.body())
                            .messageAttributes(attributes(message))
                            .messageGroupId(message.group())
                            .messageDeduplicationId(message.deduplication())
                            .build());
        }
        var answer =
                account.clients()
                        .sns()
                        .publishBatch(
                                PublishBatchRequest.builder()
                                        .topicArn(topic.arn())
                                        .publishBatchRequestEntries(entries)
                                        .build());
        var answers = new Answers(account, Act.publishing(topic.name()));
        answer.successful().forEach(sent -> answers.sent(sent.id(), sent.messageId()));
        answer.failed()
                .forEach(no -> answers.failed(no.id(), no.code(), no.message(), no.senderFault()));
        return answers.outcome();
    }

    private static Map<String, MessageAttributeValue> attributes(Prepared message) {
        var attributes = new LinkedHashMap<String, MessageAttributeValue>();
        message.attributes()
                .forEach(
                        (name, value) ->
                                attributes.put(
                                        name,
                                        MessageAttributeValue.builder()
                                                .dataType(value.dataType())
                                                .stringValue(value.stringValue())
                                                .binaryValue(value.binaryValue())
                                                .build()));
        return attributes;
    }
}
