package org.deadletteroffice.sqs;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deadletteroffice.sqs.AwsStandIn.Answer;

/// What SNS answers, in its own protocol.
final class SnsAnswers {
    private static final String NAMESPACE = "http://sns.amazonaws.com/doc/2010-03-31/";

    private SnsAnswers() {}

    /// @param arn `TOPIC-ARN:id`
    record Subscription(String arn, String protocol, String endpoint) {
        String topic() {
            return arn.substring(0, arn.lastIndexOf(':'));
        }
    }

    /// All on one page.
    static Answer subscriptions(Subscription... all) {
        return page("", all);
    }

    /// @param next the token of the page after; empty for the last
    static Answer page(String next, Subscription... all) {
        return answer(
                "ListSubscriptions",
                "<Subscriptions>"
                        + Stream.of(all)
                                .map(
                                        one ->
                                                "<member><SubscriptionArn>%s</SubscriptionArn><TopicArn>%s</TopicArn><Protocol>%s</Protocol><Endpoint>%s</Endpoint><Owner>%s</Owner></member>"
                                                        .formatted(
                                                                one.arn(),
                                                                one.topic(),
                                                                one.protocol(),
                                                                one.endpoint(),
                                                                AwsStandIn.ACCOUNT))
                                .collect(Collectors.joining())
                        + "</Subscriptions>"
                        + (next.isEmpty() ? "" : "<NextToken>" + next + "</NextToken>"));
    }

    /// @param deadLetters a queue's name
    static Answer attributes(String deadLetters, boolean raw) {
        return answer(
                "GetSubscriptionAttributes",
                "<Attributes>"
                        + entry("RawMessageDelivery", Boolean.toString(raw))
                        + entry(
                                "RedrivePolicy",
                                "{\"deadLetterTargetArn\":\"%s\"}"
                                        .formatted(AwsStandIn.arn(deadLetters)))
                        + "</Attributes>");
    }

    static Answer published() {
        return answer(
                "PublishBatch",
                "<Successful><member><Id>0</Id><MessageId>n-1</MessageId></member></Successful><Failed/>");
    }

    private static String entry(String key, String value) {
        return "<entry><key>%s</key><value>%s</value></entry>".formatted(key, value);
    }

    private static Answer answer(String action, String result) {
        return Answer.ok(
                "<%1$sResponse xmlns=\"%2$s\"><%1$sResult>%3$s</%1$sResult></%1$sResponse>"
                        .formatted(action, NAMESPACE, result));
    }
}
