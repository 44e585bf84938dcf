package org.deadletteroffice.rabbitmq;

import org.jspecify.annotations.Nullable;

/// What a call was about, for the sentence that tells of its failure.
///
/// @param doing completes "while …": `reading the queue orders.dlq`
/// @param right what it takes
/// @param queue which queue it is about; null where it is about none
record Act(String doing, Right right, @Nullable String queue) {
    private static final String QUEUE = "the queue";

    static Act connecting() {
        return new Act("signing in", new Right.Access(), null);
    }

    static Act listing() {
        return new Act("listing queues", new Right.Tag("management"), null);
    }

    /// By a passive declare, which took no permission until RabbitMQ 4.2.6 and 4.3.0 asked for this
    /// one, and from 4.3.1 on takes any on the queue (its release notes).
    static Act describing(String queue) {
        return new Act(
                "looking up the queue " + queue,
                new Right.On(Right.Permission.CONFIGURE, QUEUE, queue),
                queue);
    }

    static Act askingForTheLimit(String queue) {
        return new Act(
                "asking for the delivery limit of the queue " + queue,
                new Right.Tag("management"),
                queue);
    }

    static Act reading(String queue) {
        return new Act(
                "reading the queue " + queue,
                new Right.On(Right.Permission.READ, QUEUE, queue),
                queue);
    }

    static Act removing(String queue) {
        return new Act(
                "removing from the queue " + queue,
                new Right.On(Right.Permission.READ, QUEUE, queue),
                queue);
    }

    /// @param exchange empty for the default exchange, which permissions call `amq.default`
    static Act sending(String exchange) {
        var name = exchange.isEmpty() ? "amq.default" : exchange;
        return new Act(
                "sending by the exchange " + name,
                new Right.On(Right.Permission.WRITE, "the exchange", name),
                null);
    }

    boolean isSending() {
        return right instanceof Right.On(var permission, _, _)
                && permission == Right.Permission.WRITE;
    }

    static Act moving(String queue) {
        return new Act(
                "moving the queue " + queue + " by a shovel", new Right.Tag("policymaker"), queue);
    }
}
