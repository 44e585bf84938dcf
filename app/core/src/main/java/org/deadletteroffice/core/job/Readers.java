package org.deadletteroffice.core.job;

import java.util.List;
import java.util.Set;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.profile.Brokers;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.ConsumerInfo;

/// Who gets what is sent: a replay reaches every reader of a queue, though one failed, so all are
/// named beforehand.
final class Readers {
    /// A line for each reader of these queues.
    static List<String> of(Brokers brokers, String profile, Set<String> queues)
            throws OperatorException, BrokerException {
        return brokers.connection(profile).consumers().stream()
                .filter(consumer -> queues.contains(consumer.queue().name()))
                .map(Readers::words)
                .toList();
    }

    private static String words(ConsumerInfo consumer) {
        var lag = consumer.lag();
        return consumer.group()
                + " reads "
                + consumer.queue().name()
                + " ("
                + consumer.state()
                + (lag == null ? "" : ", lag " + lag)
                + ")";
    }

    private Readers() {}
}
