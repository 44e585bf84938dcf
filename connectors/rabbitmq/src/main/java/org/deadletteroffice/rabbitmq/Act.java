package org.deadletteroffice.rabbitmq;

import org.jspecify.annotations.Nullable;

/// What a call was about, for the sentence that tells of its failure.
///
/// @param doing completes "while …": `reading the queue orders.dlq`
/// @param right the permission it takes, in RabbitMQ's words: `read on the queue orders.dlq`
/// @param queue which queue it is about; null where it is about none
record Act(String doing, String right, @Nullable String queue) {
    static Act connecting() {
        return new Act("signing in", "access to the virtual host", null);
    }

    static Act listing() {
        return new Act("listing queues", "the user tag 'management'", null);
    }

    static Act describing(String queue) {
        return new Act(
                "looking up the queue " + queue, "access to the queue's virtual host", queue);
    }

    static Act reading(String queue) {
        return new Act("reading the queue " + queue, "read on the queue " + queue, queue);
    }

    static Act removing(String queue) {
        return new Act("removing from the queue " + queue, "read on the queue " + queue, queue);
    }

    /// @param exchange empty for the default exchange, which permissions call `amq.default`
    static Act sending(String exchange) {
        var name = exchange.isEmpty() ? "amq.default" : exchange;
        return new Act("sending by the exchange " + name, "write on the exchange " + name, null);
    }

    static Act moving(String queue) {
        return new Act(
                "moving the queue " + queue + " by a shovel", "the user tag 'policymaker'", queue);
    }
}
