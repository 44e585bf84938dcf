package org.deadletteroffice.core.profile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.deadletteroffice.core.Interval;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.deadletteroffice.core.Plugins;
import org.deadletteroffice.core.audit.AuditTrail;
import org.deadletteroffice.core.schema.RegistrySettings;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Capabilities;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;

/// Open connections, one a profile, shared by all who ask; and what may be done on each.
/// Thread-safe.
public final class Brokers implements AutoCloseable {
    private static final Duration LONGEST_UNLOCK = Duration.ofHours(8);

    private final Profiles profiles;
    private final Plugins plugins;
    private final AuditTrail audit;
    private final Clock clock;
    private final Unlocks unlocks;
    private final Map<String, Open> open = new HashMap<>();
    private final Interval measuring = new Interval();

    public Brokers(Profiles profiles, Plugins plugins, AuditTrail audit, Clock clock) {
        this.profiles = profiles;
        this.plugins = plugins;
        this.audit = audit;
        this.clock = clock;
        this.unlocks = new Unlocks(clock);
    }

    /// The profile's connection, opened when it is first asked for, and opened anew after the
    /// profile was changed. The caller must not close it.
    public BrokerConnection connection(String profile) throws OperatorException {
        var settings = profiles.settings(profile);
        var kind = profiles.get(profile).kind();
        synchronized (open) {
            var there = open.get(profile);
            if (there != null && there.kind().equals(kind) && there.settings().equals(settings)) {
                return there.connection();
            }
            var connection = connect(profile, kind, settings);
            open.put(profile, new Open(kind, settings, connection));
            if (there != null) {
                there.connection().close();
            }
            return connection;
        }
    }

    /// Where the schemas of a profile's messages come from; nothing for a profile that is none, or
    /// whose secrets cannot be had now.
    public Settings schemaSettings(String profile) {
        try {
            return RegistrySettings.only(profiles.settings(profile));
        } catch (OperatorException noProfile) {
            return Settings.EMPTY;
        }
    }

    private BrokerConnection connect(String profile, String kind, Settings settings)
            throws OperatorException {
        var connector = plugins.connector(kind);
        if (connector.isEmpty()) {
            throw ProfileRules.noConnector(plugins, kind);
        }
        try {
            return connector.get().open(profile, settings);
        } catch (IllegalArgumentException wrong) {
            throw new OperatorException(
                    Kind.WRONG_USE,
                    "The profile '" + profile + "' cannot be used: " + wrong.getMessage(),
                    "Correct the profile.",
                    wrong);
        }
    }

    /// Diagnoses a profile that need not be saved yet; see [BrokerConnection#checks]. Secrets not
    /// given are those saved under the same name.
    public void test(Profile profile, Map<String, Secret> secrets, Consumer<Check> listener)
            throws OperatorException, BrokerException {
        try (var connection = connect(profile, secrets)) {
            connection.checks(listener);
        }
    }

    /// The queues of a profile that need not be saved yet, as [#queues(String)]; secrets as in
    /// [#test].
    public List<QueueInfo> queues(Profile profile, Map<String, Secret> secrets)
            throws OperatorException, BrokerException {
        try (var connection = connect(profile, secrets)) {
            return connection.queues().stream().map(queue -> settled(profile, queue)).toList();
        }
    }

    private BrokerConnection connect(Profile profile, Map<String, Secret> secrets)
            throws OperatorException {
        var all = new LinkedHashMap<>(profiles.knownSecrets(profile.name()));
        all.putAll(secrets);
        return connect(profile.name(), profile.kind(), new Settings(profile.values(), all));
    }

    /// The queues of one profile with their roles settled: marks, then the operator's patterns,
    /// then the broker, then the usual names.
    public List<QueueInfo> queues(String profile) throws OperatorException, BrokerException {
        var known = profiles.get(profile);
        return connection(profile).queues().stream().map(queue -> settled(known, queue)).toList();
    }

    private static QueueInfo settled(Profile profile, QueueInfo queue) {
        var role = DeadLetterNames.role(profile, queue);
        return role == queue.role()
                ? queue
                : new QueueInfo(
                        queue.ref(),
                        queue.identity(),
                        role,
                        queue.depth(),
                        queue.bytes(),
                        queue.oldest(),
                        queue.inRate(),
                        queue.outRate(),
                        queue.feeds(),
                        queue.ways(),
                        queue.partitions(),
                        queue.vanishesAfter(),
                        queue.shares());
    }

    /// A queue by its name alone.
    ///
    /// @throws BrokerException.NotFound when the broker has none of this name
    public QueueInfo queue(String profile, String name) throws OperatorException, BrokerException {
        for (var queue : queues(profile)) {
            if (queue.ref().name().equals(name)) {
                return queue;
            }
        }
        throw new BrokerException.NotFound(
                "The broker of '" + profile + "' has no queue '" + name + "'.",
                new Remedy.Advice("List them with: dlo queues -p " + profile),
                null);
    }

    public Capabilities capabilities(QueueRef queue) throws OperatorException, BrokerException {
        return connection(queue.profile()).capabilities(queue);
    }

    /// Consumers with lag. Where some have no rate yet, as nobody tells it, the rates are measured
    /// over `window` when it is not zero (the call then takes that long).
    public List<ConsumerInfo> consumers(String profile, Duration window)
            throws OperatorException, BrokerException {
        var connection = connection(profile);
        var consumers = connection.consumers();
        if (window.isZero() || consumers.stream().noneMatch(Brokers::isYetToBeMeasured)) {
            return consumers;
        }
        try {
            // A rate is what two looks differ by, so there is nothing to wait for but time.
            if (!measuring.await(window)) {
                throw new BrokerException.Cancelled("The connections were closed.", null);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new BrokerException.Cancelled(
                    "Measuring the consumers' rates was interrupted.", stop);
        }
        return connection.consumers();
    }

    /// A reader of whom the lag is not known has no rates either.
    private static boolean isYetToBeMeasured(ConsumerInfo reader) {
        return reader.lag() != null && (reader.rate() == null || reader.growth() == null);
    }

    /// Until when a production profile may be written to in this process; empty while it is
    /// read-only. Always empty for a profile that is none.
    public Optional<Instant> unlockedUntil(String profile) {
        return unlocks.until(profile);
    }

    /// Allows writing to a production profile for a while; audited.
    ///
    /// @param duration up to eight hours
    public void unlock(String profile, Duration duration, String reason) throws OperatorException {
        profiles.get(profile);
        if (!duration.isPositive() || duration.compareTo(LONGEST_UNLOCK) > 0) {
            throw new OperatorException(
                    Kind.WRONG_USE,
                    "A profile can be unlocked for up to 8 hours, not for " + duration + ".",
                    "Choose a shorter time.");
        }
        if (reason.isBlank()) {
            throw new OperatorException(
                    Kind.WRONG_USE,
                    "Unlocking '" + profile + "' needs a reason; it goes into the audit trail.",
                    "Say in a few words why, e.g. a ticket.");
        }
        audit.append(
                "unlock",
                profile,
                null,
                null,
                reason,
                Map.of("seconds", Long.toString(duration.toSeconds())));
        unlocks.unlock(profile, clock.instant().plus(duration));
    }

    public void lock(String profile) {
        if (unlocks.lock(profile)) {
            audit.append("lock", profile, null, null, "", Map.of());
        }
    }

    /// @throws OperatorException REFUSED when the profile is production and not unlocked in this
    ///     process
    public void checkWritable(String profile) throws OperatorException {
        if (profiles.get(profile).environment() == Environment.PRODUCTION
                && unlocks.until(profile).isEmpty()) {
            throw new OperatorException(
                    Kind.REFUSED,
                    "The profile '" + profile + "' is production and read-only.",
                    "Unlock it for a while, with a reason.");
        }
    }

    public Environment environment(String profile) throws OperatorException {
        return profiles.get(profile).environment();
    }

    /// The connector's kind of a profile's broker.
    public String kind(String profile) throws OperatorException {
        return profiles.get(profile).kind();
    }

    /// Closes all connections.
    @Override
    public void close() {
        measuring.close();
        synchronized (open) {
            open.values().forEach(each -> each.connection().close());
            open.clear();
        }
    }

    private record Open(String kind, Settings settings, BrokerConnection connection) {}
}
