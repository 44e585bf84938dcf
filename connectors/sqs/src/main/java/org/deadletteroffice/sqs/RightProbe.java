package org.deadletteroffice.sqs;

import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Tries a right without using it: the request names a message, a batch or a task that cannot be,
/// so that the service refuses it whether or not it is allowed. Only a denial tells something.
///
/// @param step what the check is called
/// @param action the IAM action that is tried
/// @param actions what the policy to paste allows
/// @param onOrigin tried on a queue that messages die out of, else on the dead-letter queue
record RightProbe(
        String step, String action, List<String> actions, boolean onOrigin, Question question) {
    /// A request that cannot succeed.
    interface Question {
        void ask(SqsClient sqs, QueueFacts queue);
    }

    /// More than a receive may ask for: refused before anything is received.
    private static final int TOO_MANY = 11;

    private static final String NO_HANDLE = "not-a-handle";

    static final List<RightProbe> ALL =
            List.of(
                    new RightProbe(
                            "Look: receive",
                            Act.RECEIVE,
                            List.of(Act.RECEIVE, Act.VISIBILITY),
                            false,
                            (sqs, queue) ->
                                    sqs.receiveMessage(
                                            request ->
                                                    request.queueUrl(queue.address().url())
                                                            .maxNumberOfMessages(TOO_MANY))),
                    new RightProbe(
                            "Look: give back",
                            Act.VISIBILITY,
                            List.of(Act.RECEIVE, Act.VISIBILITY),
                            false,
                            (sqs, queue) ->
                                    sqs.changeMessageVisibility(
                                            request ->
                                                    request.queueUrl(queue.address().url())
                                                            .receiptHandle(NO_HANDLE)
                                                            .visibilityTimeout(0))),
                    new RightProbe(
                            "Redrive: send to the origin",
                            Act.SEND,
                            List.of(Act.SEND),
                            true,
                            (sqs, queue) ->
                                    sqs.sendMessageBatch(
                                            request ->
                                                    request.queueUrl(queue.address().url())
                                                            .entries(List.of()))),
                    new RightProbe(
                            "Redrive: remove",
                            Act.DELETE,
                            List.of(Act.DELETE),
                            false,
                            (sqs, queue) ->
                                    sqs.deleteMessage(
                                            request ->
                                                    request.queueUrl(queue.address().url())
                                                            .receiptHandle(NO_HANDLE))),
                    new RightProbe(
                            "Redrive by SQS: list moves",
                            Act.LIST_MOVES,
                            List.of(Act.START_MOVE, Act.LIST_MOVES, Act.CANCEL_MOVE),
                            false,
                            (sqs, queue) ->
                                    sqs.listMessageMoveTasks(
                                            request -> request.sourceArn(queue.arn()))));

    void ask(SqsClient sqs, QueueFacts queue) {
        question.ask(sqs, queue);
    }
}
