package org.deadletteroffice.sqs;

import org.jspecify.annotations.Nullable;

/// What is asked of the service just now, for sentences and for naming the permission it needs.
///
/// @param action the IAM action, e.g. `sqs:ReceiveMessage`
/// @param doing what the operator would call it, after "while"
/// @param target the name of the queue, topic or function, or an address; null for the account
record Act(String action, String doing, @Nullable String target) {
    static final String LIST_QUEUES = "sqs:ListQueues";
    static final String GET_URL = "sqs:GetQueueUrl";
    static final String ATTRIBUTES = "sqs:GetQueueAttributes";
    static final String SOURCES = "sqs:ListDeadLetterSourceQueues";
    static final String RECEIVE = "sqs:ReceiveMessage";
    static final String VISIBILITY = "sqs:ChangeMessageVisibility";
    static final String SEND = "sqs:SendMessage";
    static final String DELETE = "sqs:DeleteMessage";
    static final String PURGE = "sqs:PurgeQueue";
    static final String START_MOVE = "sqs:StartMessageMoveTask";
    static final String LIST_MOVES = "sqs:ListMessageMoveTasks";
    static final String CANCEL_MOVE = "sqs:CancelMessageMoveTask";
    static final String PUBLISH = "sns:Publish";
    static final String SUBSCRIPTIONS = "sns:ListSubscriptions";
    static final String SUBSCRIPTION = "sns:GetSubscriptionAttributes";
    static final String INVOKE = "lambda:InvokeFunction";
    static final String DELIVER = "http:POST";
    static final String METRICS = "cloudwatch:GetMetricData";
    static final String GET_OBJECT = "s3:GetObject";

    /// Whether asking twice does no harm, where the first answer was lost. A receive that was lost
    /// hides its messages for the visibility timeout, as a crash does.
    boolean isRepeatable() {
        return !action.equals(SEND)
                && !action.equals(PUBLISH)
                && !action.equals(INVOKE)
                && !action.equals(DELIVER)
                && !action.equals(START_MOVE)
                && !action.equals(PURGE);
    }

    static Act listing() {
        return new Act(LIST_QUEUES, "listing queues", null);
    }

    static Act listingSubscriptions() {
        return new Act(SUBSCRIPTIONS, "asking SNS for subscriptions", null);
    }

    static Act measuring() {
        return new Act(METRICS, "asking CloudWatch for ages and rates", null);
    }

    static Act looking(String object) {
        return new Act(GET_OBJECT, "looking for " + object, object);
    }

    static Act fetching(String object) {
        return new Act(GET_OBJECT, "fetching " + object, object);
    }

    static Act finding(String queue) {
        return new Act(GET_URL, "looking for the queue " + queue, queue);
    }

    static Act describing(String queue) {
        return new Act(ATTRIBUTES, "reading the attributes of " + queue, queue);
    }

    static Act feeding(String queue) {
        return new Act(SOURCES, "asking what feeds " + queue, queue);
    }

    static Act reading(String queue) {
        return new Act(RECEIVE, "reading " + queue, queue);
    }

    static Act holding(String queue) {
        return new Act(VISIBILITY, "holding messages of " + queue, queue);
    }

    static Act sending(String queue) {
        return new Act(SEND, "sending to " + queue, queue);
    }

    static Act publishing(String topic) {
        return new Act(PUBLISH, "publishing to " + topic, topic);
    }

    static Act invoking(String function) {
        return new Act(INVOKE, "invoking " + function, function);
    }

    /// @param address of an HTTP subscriber
    static Act delivering(String address) {
        return new Act(DELIVER, "delivering to " + address, address);
    }

    static Act removing(String queue) {
        return new Act(DELETE, "removing messages of " + queue, queue);
    }

    static Act purging(String queue) {
        return new Act(PURGE, "purging " + queue, queue);
    }

    static Act moving(String queue) {
        return new Act(START_MOVE, "starting to move " + queue, queue);
    }

    static Act watchingMove(String queue) {
        return new Act(LIST_MOVES, "asking how far the move of " + queue + " is", queue);
    }

    static Act cancellingMove(String queue) {
        return new Act(CANCEL_MOVE, "cancelling the move of " + queue, queue);
    }

    static Act signingIn() {
        return new Act("sts:GetCallerIdentity", "asking who signs in", null);
    }
}
