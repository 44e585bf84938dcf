package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ChannelContinuationTimeoutException;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ListAddressResolver;
import com.rabbitmq.client.LongString;
import com.rabbitmq.client.impl.FrameHandler;
import com.rabbitmq.client.impl.FrameHandlerFactory;
import com.rabbitmq.client.impl.SocketFrameHandler;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.deadletteroffice.spi.error.BrokerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// One AMQP connection of a profile: made when first needed, and made again after it broke.
/// Thread-safe.
///
/// RabbitMQ's own recovery is off: it would make channels anew whose messages the broker has long
/// given to others.
final class Link {
    private static final int HEARTBEAT_SECONDS = 10;

    /// Asks for nothing and is answered.
    static final AMQP.Channel.Flow ANSWERED = new AMQP.Channel.Flow.Builder().active(true).build();

    /// Channels that are being closed.
    private static final Set<Channel> CLOSING = ConcurrentHashMap.newKeySet();

    private final RabbitProfile profile;
    private final RabbitErrors errors;
    private final String purpose;
    private final SignIn signIn;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Wire wire;
    private volatile boolean closed;
    private volatile @Nullable String blocked;
    private volatile long mostBytes = Long.MAX_VALUE;

    /// @param purpose what the broker's people read in their list of connections
    Link(RabbitProfile profile, RabbitErrors errors, SignIn signIn, String purpose) {
        this.profile = profile;
        this.errors = errors;
        this.signIn = signIn;
        this.purpose = purpose;
    }

    private record Wire(Connection connection, DeliveredHeaders headers, Cork cork) {}

    /// A channel of its own.
    ///
    /// @param headers of the messages that come on it
    record Line(Channel channel, DeliveredHeaders.Lane headers, ReentrantLock asking) {
        Line(Channel channel, DeliveredHeaders.Lane headers) {
            this(channel, headers, new ReentrantLock());
        }

        /// Runs what the broker answers, one call after the other. Two at once are no harm to the
        /// client but where the channel closes: the one that waited then goes out on a closed
        /// channel, for which the broker closes the connection.
        <T> T ask(Callable<T> question) throws Exception {
            asking.lock();
            try {
                return question.call();
            } finally {
                asking.unlock();
            }
        }

        /// For a consumer that begins on this channel.
        Arrivals arrivals() {
            return new Arrivals(channel, headers);
        }

        /// Returns when the broker has dealt with all that was sent on this channel.
        /// Acknowledgements are not answered; what comes after them is.
        void awaitAnswer(Deadline deadline) throws Exception {
            var _ = deadline.await(() -> ask(() -> channel.rpc(ANSWERED)), _ -> {});
        }
    }

    interface Call<T> {
        T on(Channel channel) throws Exception;
    }

    Deadline deadline() {
        return deadline(() -> false);
    }

    /// @param stopped whether somebody closed what the call works for
    Deadline deadline(BooleanSupplier stopped) {
        return Deadline.in(profile.timeout(), () -> closed || stopped.getAsBoolean());
    }

    RabbitErrors errors() {
        return errors;
    }

    RabbitProfile profile() {
        return profile;
    }

    /// Why the broker takes no messages now, in its words; null while it does.
    @Nullable String blocked() {
        return blocked;
    }

    /// Runs `call` on a channel that is closed afterwards.
    <T> T call(Act act, Deadline deadline, Call<T> call) throws BrokerException {
        Channel channel = null;
        try {
            channel = channel(deadline);
            var used = channel;
            return deadline.await(() -> call.on(used), _ -> {});
        } catch (Exception failed) {
            throw told(failed, act);
        } finally {
            if (channel != null) {
                closeSoon(channel);
            }
        }
    }

    /// Who waited in vain while the broker takes no messages waited for that to end.
    private BrokerException told(Exception failed, Act act) {
        var reason = blocked;
        return reason != null
                        && (failed instanceof TimeoutException
                                || failed instanceof ChannelContinuationTimeoutException)
                ? RabbitErrors.blocked(reason, act)
                : errors.of(failed, act);
    }

    /// A new channel to read messages on; who opens it closes it.
    Line open(Deadline deadline) throws Exception {
        var current = connect(deadline);
        var channel = channel(current, deadline);
        return new Line(channel, current.headers().watch(channel.getChannelNumber()));
    }

    /// A new channel for everything else; who opens it closes it.
    Channel channel(Deadline deadline) throws Exception {
        var current = connect(deadline);
        var channel = channel(current, deadline);
        current.headers().ignore(channel.getChannelNumber());
        return channel;
    }

    /// Runs `work`, and hands what it sends on this channel to the network in few pieces. Waits as
    /// long as the network takes them.
    void send(Channel channel, Deadline.Work work, Deadline deadline) throws Exception {
        var current = wire;
        if (current != null && current.connection().equals(channel.getConnection())) {
            var cork = current.cork();
            deadline.await(() -> cork.during(work), cork::progress);
        } else {
            deadline.await(work);
        }
    }

    /// The largest payload that the broker takes, in bytes, as far as it told by refusing one.
    long mostBytes() {
        return mostBytes;
    }

    void takesAtMost(long bytes) {
        mostBytes = bytes;
    }

    private static Channel channel(Wire wire, Deadline deadline) throws Exception {
        var channel = deadline.await(() -> wire.connection().createChannel(), Link::closeSoon);
        if (channel == null) {
            throw new IOException("the broker allows no more channels");
        }
        return channel;
    }

    /// Signs in, where that was not done yet.
    void signIn(Act act, Deadline deadline) throws BrokerException {
        try {
            var _ = connect(deadline);
        } catch (Exception failed) {
            throw errors.of(failed, act);
        }
    }

    /// Has the broker answer. A connection that broke a moment ago is still told as open.
    void ping(Act act, Deadline deadline) throws BrokerException {
        var _ = call(act, deadline, Channel::getChannelNumber);
    }

    /// The broker's version as it says itself, e.g. `3.10.8`; empty before the first sign-in.
    String version() {
        return property("version");
    }

    /// `RabbitMQ`; empty before the first sign-in.
    String product() {
        return property("product");
    }

    /// Whether it is no other broker that speaks the same protocol.
    boolean isRabbit() {
        return product().equals("RabbitMQ");
    }

    private String property(String name) {
        var current = wire;
        if (current == null) {
            return "";
        }
        var value = current.connection().getServerProperties().get(name);
        return value instanceof LongString || value instanceof String ? value.toString() : "";
    }

    /// The largest frame that was agreed on, in bytes; a message's headers must fit one.
    int frameMax() {
        var current = wire;
        var agreed = current == null ? 0 : current.connection().getFrameMax();
        return agreed == 0 ? Integer.MAX_VALUE : agreed;
    }

    private Wire connect(Deadline deadline) throws Exception {
        deadline.lock(lock);
        try {
            var current = wire;
            if (current != null && current.connection().isOpen()) {
                return current;
            }
            wire = null;
            blocked = null;
            mostBytes = Long.MAX_VALUE;
            var made = deadline.await(this::connectNow, late -> abort(late.connection()));
            wire = made;
            if (closed) {
                abort(made.connection());
                throw new CancellationException();
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    private Wire connectNow() throws Exception {
        var headers = new DeliveredHeaders();
        var cork = new Cork();
        var through = profile.proxy() == null ? null : throughProxy(profile);
        var factory = factory(through, handler -> headers.watching(cork.over(handler)));
        var millis = (int) profile.timeout().toMillis();
        factory.setVirtualHost(profile.virtualHost());
        signIn.into(factory);
        factory.setConnectionTimeout(millis);
        factory.setHandshakeTimeout(millis);
        factory.setChannelRpcTimeout(millis);
        factory.setShutdownTimeout(1_000);
        factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setMaxInboundMessageBodySize(Integer.MAX_VALUE);
        factory.setThreadFactory(
                Thread.ofPlatform().daemon().name("rabbitmq " + purpose, 0).factory());
        var properties = factory.getClientProperties();
        properties.put("product", "Dead Letter Office");
        factory.setClientProperties(properties);
        if (profile.usesTls() && profile.proxy() == null) {
            factory.useSslProtocol(TlsContext.of(profile));
            if (profile.verifiesHost()) {
                factory.enableHostnameVerification();
            }
        }
        var connection = connection(factory);
        connection.addBlockedListener(reason -> blocked = reason, () -> blocked = null);
        return new Wire(connection, headers, cork);
    }

    /// @param own makes the frame handlers; null: RabbitMQ's client does
    private static ConnectionFactory factory(
            @Nullable FrameHandlerFactory own, UnaryOperator<FrameHandler> wrapped) {
        return new ConnectionFactory() {
            @Override
            protected synchronized FrameHandlerFactory createFrameHandlerFactory()
                    throws IOException {
                var plain = own == null ? super.createFrameHandlerFactory() : own;
                return (address, name) -> wrapped.apply(plain.create(address, name));
            }
        };
    }

    /// RabbitMQ's client speaks TLS on sockets that it connects itself, so not through a tunnel.
    private static FrameHandlerFactory throughProxy(RabbitProfile profile) throws BrokerException {
        var tls = profile.usesTls() ? TlsContext.of(profile) : null;
        return (address, _) ->
                new SocketFrameHandler(
                        BrokerSocket.open(profile, tls, address.getHost(), address.getPort()),
                        null,
                        Integer.MAX_VALUE);
    }

    private Connection connection(ConnectionFactory factory) throws Exception {
        try {
            var threads = new CallingThread();
            var name = "Dead Letter Office: " + purpose;
            // A proxy resolves names itself.
            return profile.proxy() == null
                    ? factory.newConnection(threads, profile.addresses(), name)
                    : factory.newConnection(
                            threads, new ListAddressResolver(profile.addresses()), name);
        } catch (ConnectException refused) {
            throw refused;
        } catch (SocketException broken) {
            // The broker closes at once after its alert, which then may never be read.
            throw profile.presentsCertificate() ? errors.certificateRefused(broken) : broken;
        }
    }

    /// Closes a channel in an orderly way, once, and waits for nobody. Who closes one again while
    /// the broker's answer is awaited has the client give the channel's number to the next one too
    /// early, for which the broker closes the connection.
    static void closeSoon(Channel channel) {
        if (channel.isOpen()) {
            Thread.ofVirtual().name("rabbitmq close").start(() -> close(channel));
        }
    }

    /// As [#closeSoon], and waits until the broker has done so, or does not answer. Never throws.
    static void close(Channel channel) {
        if (!channel.isOpen() || !CLOSING.add(channel)) {
            return;
        }
        try {
            channel.close();
        } catch (Exception gone) {
            LoggerFactory.getLogger(Link.class).debug("A channel was gone already", gone);
        } finally {
            CLOSING.remove(channel);
        }
    }

    private static void abort(Connection connection) {
        Thread.ofVirtual()
                .name("rabbitmq close")
                .start(() -> connection.abort((int) Duration.ofSeconds(1).toMillis()));
    }

    boolean isClosed() {
        return closed;
    }

    /// Never throws; channels that are open are closed by the broker, which takes back what they
    /// held.
    void close() {
        closed = true;
        var current = wire;
        if (current != null) {
            abort(current.connection());
        }
    }
}
