package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.Optional;
import org.deadletteroffice.spi.error.BrokerException;

/// Asks the broker, without sending anything, whether it would take a message for a destination.
///
/// There is no question for that in AMQP. So a message is published in a transaction that is rolled
/// back: exchange and permission are checked when it is published, and nothing is routed before a
/// commit.
final class Routes {
    private static final byte[] NOTHING = {};
    private static final BasicProperties PLAIN = new BasicProperties.Builder().build();

    private final Link link;
    private final Topology topology;

    /// @param topology for the question which queue a message would reach
    Routes(Link link, Topology topology) {
        this.link = link;
        this.topology = topology;
    }

    /// Why nothing gets there; empty where it does, as far as can be told beforehand.
    Optional<BrokerException> refusal(Destination to, Deadline deadline) throws BrokerException {
        try {
            if (to.exchange().isEmpty()) {
                mustExist(to.routingKey(), deadline);
            } else if (!topology.mayRoute(to.exchange(), to.routingKey(), deadline)) {
                return Optional.of(Confirms.noRoute(to));
            }
            mayWrite(to, deadline);
            return Optional.empty();
        } catch (BrokerException.NotFound
                | BrokerException.NotAuthorized
                | BrokerException.Unsupported refused) {
            return Optional.of(refused);
        }
    }

    /// Why nothing is sent straight to queues, whichever it is; empty where it is.
    Optional<BrokerException> refusalOfQueues(Deadline deadline) throws BrokerException {
        try {
            mayWrite(new Destination("", ""), deadline);
            return Optional.empty();
        } catch (BrokerException.NotAuthorized refused) {
            return Optional.of(refused);
        }
    }

    private void mustExist(String queue, Deadline deadline) throws BrokerException {
        try {
            var _ =
                    link.call(
                            Act.describing(queue),
                            deadline,
                            channel -> channel.queueDeclarePassive(queue));
        } catch (BrokerException.NotAuthorized _) {
            // Whoever may send there need not have the right to ask; if it is not there, the
            // message comes back.
        }
    }

    private void mayWrite(Destination to, Deadline deadline) throws BrokerException {
        var _ =
                link.<AMQP.Tx.RollbackOk>call(
                        Act.sending(to.exchange()),
                        deadline,
                        channel -> {
                            var _ = channel.txSelect();
                            channel.basicPublish(to.exchange(), to.routingKey(), PLAIN, NOTHING);
                            try {
                                return channel.txRollback();
                            } catch (IOException refused) {
                                throw refused.getCause() instanceof ShutdownSignalException why
                                        ? why
                                        : refused;
                            }
                        });
    }
}
