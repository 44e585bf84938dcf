package org.deadletteroffice.kafka;

import org.jspecify.annotations.Nullable;

/// What a call was about, for the sentence that tells of its failure.
///
/// @param doing completes "while …": `reading orders.dlt`
/// @param right what Kafka's ACLs call the permission it takes: `READ on topic orders.dlt`
/// @param topic which topic it is about; null for the whole cluster
record Act(String doing, String right, @Nullable String topic) {
    static Act connecting() {
        return new Act("asking for the cluster's brokers", "DESCRIBE on the cluster", null);
    }

    static Act listing() {
        return new Act("listing topics", "DESCRIBE on the topics", null);
    }

    static Act describing(String topic) {
        return new Act("looking up the topic " + topic, "DESCRIBE on topic " + topic, topic);
    }

    static Act reading(String topic) {
        return new Act("reading the topic " + topic, "READ on topic " + topic, topic);
    }

    static Act writing(String topic) {
        return new Act("writing to the topic " + topic, "WRITE on topic " + topic, topic);
    }

    static Act trimming(String topic) {
        return new Act("trimming the topic " + topic, "DELETE on topic " + topic, topic);
    }

    static Act readingGroups() {
        return new Act("listing consumer groups", "DESCRIBE on the groups", null);
    }

    static Act redriving(String job) {
        return new Act(
                "opening the transaction of the job",
                "WRITE on transactional id " + job + " and READ on group " + job,
                null);
    }
}
