package org.deadletteroffice.sqs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.spi.error.BrokerException;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/// SendMessageBatch.
final class QueueSender implements Sender {
    private final Account account;
    private final QueueAddress address;

    QueueSender(Account account, QueueAddress address) {
        this.account = account;
        this.address = address;
    }

    @Override
    public int mostBytes() {
        return MessageLimits.MOST_BYTES;
    }

    @Override
    public Outcome send(List<Prepared> batch) throws BrokerException {
        var entries = new ArrayList<SendMessageBatchRequestEntry>();
        for (var message : batch) {
            entries.add(entry(Integer.toString(entries.size()), message));
        }
        var answer =
                account.clients()
                        .sqs()
                        .sendMessageBatch(
                                SendMessageBatchRequest.builder()
                                        .queueUrl(address.url())
                                        .entries(entries)
                                        .build());
        var answers = new Answers(account, Act.sending(address.name()));
        answer.successful().forEach(sent -> answers.sent(sent.id(), sent.messageId()));
        answer.failed()
                .forEach(no -> answers.failed(no.id(), no.code(), no.message(), no.senderFault()));
        return answers.outcome();
    }

    private static SendMessageBatchRequestEntry entry(String id, Prepared message) {
        var entry =
                SendMessageBatchRequestEntry.builder()
                        .id(id)
                        .messageBody(message.body())
                        .messageAttributes(message.attributes())
                        .messageGroupId(message.group())
                        .messageDeduplicationId(message.deduplication());
        var trace = message.trace();
        if (trace != null) {
            entry.messageSystemAttributes(
                    Map.of(
                            MessageSystemAttributeNameForSends.AWS_TRACE_HEADER,
                            MessageSystemAttributeValue.builder()
                                    .dataType("String")
                                    .stringValue(trace)
                                    .build()));
        }
        return entry.build();
    }
}
