package org.deadletteroffice.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.deadletteroffice.spi.connector.Browse;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.profile.CheckRun;
import org.jspecify.annotations.Nullable;

/// Diagnoses a connection from the name to the right to write, one step after the other. Sends
/// nothing and leaves nothing behind.
final class KafkaChecks {
    static final String NAME = "Name resolves";
    static final String PORT = "Port answers";
    static final String TLS = "TLS handshake";
    static final String SIGN_IN = "Sign-in";
    static final String ADDRESSES = "Brokers' own addresses";
    static final String LIST = "List topics";
    static final String READ = "Read dead letters";
    static final String WRITE = "Write to origin";
    private static final List<String> STEPS =
            List.of(NAME, PORT, TLS, SIGN_IN, ADDRESSES, LIST, READ, WRITE);
    private static final Duration SOON = Duration.ofDays(30);

    private final Clients clients;
    private final KafkaConnection connection;
    private final Consumer<Check> listener;
    private List<QueueInfo> queues = List.of();

    KafkaChecks(Clients clients, KafkaConnection connection, Consumer<Check> listener) {
        this.clients = clients;
        this.connection = connection;
        this.listener = listener;
    }

    /// @throws BrokerException.Cancelled when interrupted; a failed step is no exception
    void run() throws BrokerException {
        var run = new CheckRun(STEPS, listener, this::told);
        var hosts = new ArrayList<InetSocketAddress>();
        var good = run.step(NAME, true, name -> resolve(name, hosts));
        good = run.step(PORT, good, name -> port(name, hosts));
        good = run.step(TLS, good, name -> tls(name, hosts));
        good = run.step(SIGN_IN, good, this::signIn);
        run.step(ADDRESSES, good, this::addresses);
        good = run.step(LIST, good, this::list);
        run.step(READ, good, this::read);
        run.step(WRITE, good, this::write);
    }

    private BrokerException told(Exception failed) {
        return switch (failed) {
            case SSLException refused -> clients.errors().tls(refused);
            case IOException silent -> clients.errors().unreachable(Act.connecting(), silent);
            default -> clients.errors().of(failed, Act.connecting());
        };
    }

    private Check resolve(String name, List<InetSocketAddress> hosts) {
        var unknown = new ArrayList<String>();
        for (var server : clients.profile().bootstrap().split(",")) {
            var colon = server.lastIndexOf(':');
            if (colon < 1 || !server.substring(colon + 1).matches("\\d{1,5}")) {
                return Check.failed(
                        name, "'" + server + "' is no host:port.", new Remedy.Edit("bootstrap"));
            }
            var host = server.substring(0, colon).replaceAll("^\\[|]$", "");
            var port = Integer.parseInt(server.substring(colon + 1));
            try {
                hosts.add(new InetSocketAddress(InetAddress.getByName(host), port));
            } catch (UnknownHostException nowhere) {
                unknown.add(host);
            }
        }
        if (hosts.isEmpty()) {
            return Check.failed(
                    name,
                    "No address is known for " + String.join(", ", unknown) + '.',
                    new Remedy.Edit("bootstrap"));
        }
        return unknown.isEmpty()
                ? Check.passed(name, hosts.getFirst().getAddress().getHostAddress())
                : Check.warning(
                        name,
                        "No address is known for " + String.join(", ", unknown) + '.',
                        new Remedy.Edit("bootstrap"));
    }

    private int millis() {
        return (int) clients.profile().timeout().toMillis();
    }

    private Check port(String name, List<InetSocketAddress> hosts) {
        var silent = new ArrayList<String>();
        for (var host : hosts) {
            try (var socket = new Socket()) {
                socket.connect(host, millis() / 2);
            } catch (IOException closed) {
                silent.add(host.getHostString() + ':' + host.getPort());
            }
        }
        if (silent.size() == hosts.size()) {
            return Check.failed(
                    name,
                    "Nothing answers on " + String.join(", ", silent) + '.',
                    new Remedy.Advice("Start the broker, or check address, port and firewall."));
        }
        hosts.removeIf(h -> silent.contains(h.getHostString() + ':' + h.getPort()));
        var answering = hosts.getFirst();
        return silent.isEmpty()
                ? Check.passed(name, answering.getHostString() + ':' + answering.getPort())
                : Check.warning(
                        name,
                        "Nothing answers on " + String.join(", ", silent) + '.',
                        new Remedy.Advice("The other brokers of the list are used."));
    }

    private Check tls(String name, List<InetSocketAddress> hosts)
            throws BrokerException, IOException {
        if (!clients.profile().usesTls()) {
            return Check.skipped(name, "This profile uses no TLS.");
        }
        var host = hosts.getFirst();
        try (var factory = new DefaultSslEngineFactory()) {
            try {
                factory.configure(
                        new AdminClientConfig(clients.profile().clientProperties()).values());
            } catch (RuntimeException failed) {
                throw clients.errors().of(failed, Act.connecting());
            }
            try (var plain = new Socket()) {
                plain.connect(host, millis());
                plain.setSoTimeout(millis());
                var socket =
                        (SSLSocket)
                                factory.sslContext()
                                        .getSocketFactory()
                                        .createSocket(
                                                plain, host.getHostString(), host.getPort(), false);
                if (clients.profile().verifiesHost()) {
                    var parameters = socket.getSSLParameters();
                    parameters.setEndpointIdentificationAlgorithm("HTTPS");
                    socket.setSSLParameters(parameters);
                }
                socket.startHandshake();
                var session = socket.getSession();
                return certificate(
                        name,
                        session.getProtocol(),
                        session.getPeerCertificates()[0] instanceof X509Certificate x509
                                ? x509
                                : null);
            }
        }
    }

    private static Check certificate(
            String name, String protocol, @Nullable X509Certificate certificate) {
        if (certificate == null) {
            return Check.passed(name, protocol);
        }
        var left = Duration.between(Instant.now(), certificate.getNotAfter().toInstant());
        var detail =
                protocol
                        + ", certificate of "
                        + certificate.getSubjectX500Principal().getName()
                        + " valid for another "
                        + Math.max(0, left.toDays())
                        + " days";
        return left.compareTo(SOON) < 0
                ? Check.warning(
                        name, detail, new Remedy.Advice("Have the broker's certificate renewed."))
                : Check.passed(name, detail);
    }

    private Check signIn(String name) throws BrokerException {
        var deadline = clients.deadline();
        var cluster = clients.admin().describeCluster();
        var nodes = clients.await(cluster.nodes(), deadline, Act.connecting());
        var id = clients.await(cluster.clusterId(), deadline, Act.connecting());
        return Check.passed(
                name,
                (clients.profile().usesSasl()
                                ? clients.profile().user() + " by " + clients.profile().mechanism()
                                : "no sign-in asked for")
                        + ", cluster "
                        + id
                        + " of "
                        + nodes.size()
                        + (nodes.size() == 1 ? " broker" : " brokers"));
    }

    /// A broker that advertises an address that is not reachable from here is the most common
    /// reason for a cluster that lists topics and then hangs.
    private Check addresses(String name) throws BrokerException {
        var nodes =
                clients.await(
                        clients.admin().describeCluster().nodes(),
                        clients.deadline(),
                        Act.connecting());
        var silent = new TreeSet<String>();
        for (var node : nodes) {
            try (var socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(node.host(), node.port()),
                        Math.max(250, millis() / (2 * nodes.size())));
            } catch (IOException closed) {
                silent.add(node.host() + ':' + node.port());
            }
        }
        if (silent.isEmpty()) {
            return Check.passed(
                    name,
                    nodes.stream()
                            .map(n -> n.host() + ':' + n.port())
                            .sorted()
                            .reduce((a, b) -> a + ", " + b)
                            .orElse(""));
        }
        return Check.failed(
                name,
                "The cluster names " + String.join(", ", silent) + ", which does not answer here.",
                new Remedy.Advice(
                        "Set advertised.listeners of those brokers to addresses that this machine"
                                + " reaches."));
    }

    private Check list(String name) throws BrokerException {
        queues = connection.queues();
        var dead = QueueInfo.deadLetters(queues).size();
        var text = queues.size() + " topics, " + dead + " of them for dead letters";
        return queues.isEmpty()
                ? Check.warning(
                        name, "No topic can be seen.", new Remedy.Grant("DESCRIBE on the topics"))
                : Check.passed(name, text);
    }

    private Check read(String name) throws BrokerException {
        var dead = QueueInfo.deadLetters(queues);
        if (dead.isEmpty()) {
            return Check.skipped(name, "There is no dead-letter topic yet.");
        }
        var queue = dead.getFirst().ref();
        try (var browse = connection.browse(queue)) {
            var page = browse.page(Cursor.newest(), Browse.Direction.OLDER, 1);
            return Check.passed(
                    name,
                    page.messages().isEmpty()
                            ? queue.name() + " is empty"
                            : "newest message of " + queue.name() + " read");
        }
    }

    private Check write(String name) throws BrokerException {
        var origins = new TreeSet<String>();
        QueueInfo.deadLetters(queues).forEach(queue -> origins.addAll(queue.feeds()));
        if (origins.isEmpty()) {
            return Check.skipped(name, "No topic is known yet that messages die out of.");
        }
        var deadline = clients.deadline();
        var answers =
                clients.admin()
                        .describeTopics(
                                origins,
                                new DescribeTopicsOptions().includeAuthorizedOperations(true))
                        .topicNameValues();
        var denied = new TreeSet<String>();
        var gone = new TreeSet<String>();
        for (var origin : origins) {
            try {
                var topic = clients.await(answers.get(origin), deadline, Act.writing(origin));
                var rights = topic.authorizedOperations();
                if (rights != null && !rights.contains(AclOperation.WRITE)) {
                    denied.add(origin);
                }
            } catch (BrokerException.NotAuthorized no) {
                denied.add(origin);
            } catch (BrokerException.NotFound no) {
                gone.add(origin);
            }
        }
        if (!denied.isEmpty()) {
            return Check.failed(
                    name,
                    "Messages cannot go back to " + String.join(", ", denied) + '.',
                    new Remedy.Grant("WRITE on topic " + String.join(", ", denied)));
        }
        return gone.isEmpty()
                ? Check.passed(name, String.join(", ", origins) + " may be written to")
                : Check.warning(
                        name,
                        "The origin " + String.join(", ", gone) + " does not exist any more.",
                        new Remedy.Advice("Choose another destination for its messages."));
    }
}
