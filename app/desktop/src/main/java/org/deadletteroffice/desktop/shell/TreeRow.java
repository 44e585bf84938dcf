package org.deadletteroffice.desktop.shell;

import java.util.List;
import org.deadletteroffice.core.metrics.BrokerState.Status;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.spi.message.QueueRef;

/// A row of the broker tree.
public sealed interface TreeRow {
    /// Brokers of one environment follow.
    record Heading(Environment environment) implements TreeRow {}

    /// @param broker what it is, in its people's words: `Apache Kafka`
    /// @param queues how many of its queues are listed when it is open
    record Broker(
            Profile profile, String broker, Status status, boolean open, boolean locked, int queues)
            implements TreeRow {}

    /// @param depth in words
    /// @param trend depth over the last hours, oldest first; empty where not known
    /// @param tone how urgent it looks
    /// @param deadLetter whether it holds dead letters
    record Queue(
            QueueRef ref,
            String depth,
            List<Double> trend,
            Tone tone,
            boolean deadLetter,
            String age)
            implements TreeRow {}

    /// What is wrong with a broker.
    record Trouble(Profile profile, String sentence, String remedy) implements TreeRow {}

    /// Why there is nothing under a broker.
    record Note(Profile profile, String text) implements TreeRow {}
}
