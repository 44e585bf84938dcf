package org.deadletteroffice.core.profile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Capabilities;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.profile.Secret;

/// Open connections, one a profile, shared by all who ask; and what may be done on each.
public final class Brokers {
    /// The profile's connection, opened when it is first asked for. The caller must not close it.
    public BrokerConnection connection(String profile) throws OperatorException {
        throw new UnsupportedOperationException();
    }

    /// Diagnoses a profile that need not be saved yet; see [BrokerConnection#checks].
    public void test(Profile profile, Map<String, Secret> secrets, Consumer<Check> listener)
            throws OperatorException, BrokerException {
        throw new UnsupportedOperationException();
    }

    /// The queues of one profile with their roles settled: marks, then the broker, then patterns.
    public List<QueueInfo> queues(String profile) throws OperatorException, BrokerException {
        throw new UnsupportedOperationException();
    }

    /// A queue by its name alone.
    ///
    /// @throws BrokerException.NotFound when the broker has none of this name
    public QueueInfo queue(String profile, String name) throws OperatorException, BrokerException {
        throw new UnsupportedOperationException();
    }

    public Capabilities capabilities(QueueRef queue) throws OperatorException, BrokerException {
        throw new UnsupportedOperationException();
    }

    /// Consumers with lag; rates are measured over `window` when it is not zero (the call then
    /// takes that long).
    public List<ConsumerInfo> consumers(String profile, Duration window)
            throws OperatorException, BrokerException {
        throw new UnsupportedOperationException();
    }

    /// Until when a production profile may be written to in this process; empty while it is
    /// read-only.
    public Optional<Instant> unlockedUntil(String profile) {
        throw new UnsupportedOperationException();
    }

    /// Allows writing to a production profile for a while; audited.
    public void unlock(String profile, Duration duration, String reason) throws OperatorException {
        throw new UnsupportedOperationException();
    }

    public void lock(String profile) {
        throw new UnsupportedOperationException();
    }
}
