package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.profile.CheckRun;

/// Diagnoses a connection from the name to the right to send, one step after the other. Sends
/// nothing, takes no message, and leaves nothing behind.
final class RabbitChecks {
    static final String NAME = "Name resolves";
    static final String PORT = "Port answers";
    static final String TLS = "TLS handshake";
    static final String SIGN_IN = "Sign-in";
    static final String MANAGEMENT = "Management API";
    static final String LIST = "List queues";
    static final String READ = "Read dead letters";
    static final String WRITE = "Write to origin";
    static final String MOVE = "Move by the broker";

    /// So many queues are asked for whether they may be written to.
    private static final int MOST_ORIGINS = 20;

    private static final List<String> STEPS =
            List.of(NAME, PORT, TLS, SIGN_IN, MANAGEMENT, LIST, READ, WRITE, MOVE);

    private final Link link;
    private final Management management;
    private final RabbitConnection connection;
    private final Routes routes;
    private final Shovels shovels;
    private final Consumer<Check> listener;
    private List<QueueInfo> queues = List.of();

    RabbitChecks(
            Link link,
            Management management,
            RabbitConnection connection,
            Routes routes,
            Shovels shovels,
            Consumer<Check> listener) {
        this.link = link;
        this.management = management;
        this.connection = connection;
        this.routes = routes;
        this.shovels = shovels;
        this.listener = listener;
    }

    /// @throws BrokerException.Cancelled when interrupted; a failed step is no exception
    void run() throws BrokerException {
        var run =
                new CheckRun(STEPS, listener, failed -> link.errors().of(failed, Act.connecting()));
        var hosts = new ArrayList<InetSocketAddress>();
        var good = run.step(NAME, true, name -> resolve(name, hosts));
        good = run.step(PORT, good, name -> port(name, hosts));
        good = run.step(TLS, good, name -> tls(name, hosts));
        good = run.step(SIGN_IN, good, this::signIn);
        run.step(MANAGEMENT, good, this::managementAnswers);
        var listed = run.step(LIST, good, this::list);
        run.step(READ, listed, this::read);
        run.step(WRITE, listed, this::write);
        run.step(MOVE, good, this::move);
    }

    private Check resolve(String name, List<InetSocketAddress> hosts) {
        var unknown = new ArrayList<String>();
        for (var address : link.profile().addresses()) {
            try {
                hosts.add(
                        new InetSocketAddress(
                                InetAddress.getByName(address.getHost()), address.getPort()));
            } catch (UnknownHostException nowhere) {
                unknown.add(address.getHost());
            }
        }
        var missing = "No address is known for " + String.join(", ", unknown) + '.';
        if (hosts.isEmpty()) {
            return link.profile().proxy() == null
                    ? Check.failed(name, missing, new Remedy.Edit("hosts"))
                    : Check.warning(name, missing, new Remedy.Advice("The proxy may know it."));
        }
        return unknown.isEmpty()
                ? Check.passed(name, hosts.getFirst().getAddress().getHostAddress())
                : Check.warning(name, missing, new Remedy.Edit("hosts"));
    }

    private Check port(String name, List<InetSocketAddress> hosts) throws Exception {
        if (link.profile().proxy() != null) {
            return Check.skipped(name, "The broker is reached through a proxy.");
        }
        var silent = new ArrayList<InetSocketAddress>();
        for (var host : hosts) {
            if (!answers(host)) {
                silent.add(host);
            }
        }
        hosts.removeAll(silent);
        var missing = "Nothing answers on " + names(silent) + '.';
        if (hosts.isEmpty()) {
            return Check.failed(
                    name,
                    missing,
                    new Remedy.Advice("Start the broker, or check address, port and firewall."));
        }
        return silent.isEmpty()
                ? Check.passed(name, names(hosts))
                : Check.warning(name, missing, new Remedy.Advice("The other hosts are used."));
    }

    private static String names(List<InetSocketAddress> hosts) {
        return String.join(
                ", ", hosts.stream().map(h -> h.getHostString() + ':' + h.getPort()).toList());
    }

    private boolean answers(InetSocketAddress host) throws Exception {
        return link.deadline()
                .await(
                        () -> {
                            try (var socket = new Socket()) {
                                socket.connect(host, (int) link.profile().timeout().toMillis() / 2);
                                return true;
                            } catch (IOException closed) {
                                return false;
                            }
                        },
                        _ -> {});
    }

    private Check tls(String name, List<InetSocketAddress> hosts) throws Exception {
        if (!link.profile().usesTls()) {
            return Check.skipped(name, "This profile uses no TLS.");
        }
        var context = TlsContext.of(link.profile());
        // Through a proxy, which may know a name that is not known here.
        var first = link.profile().addresses().getFirst();
        var host = hosts.isEmpty() ? first.getHost() : hosts.getFirst().getHostString();
        var port = hosts.isEmpty() ? first.getPort() : hosts.getFirst().getPort();
        return link.deadline()
                .await(
                        () -> {
                            try (var socket =
                                    (SSLSocket)
                                            BrokerSocket.open(
                                                    link.profile(), context, host, port)) {
                                return Check.passed(name, socket.getSession().getProtocol());
                            }
                        },
                        _ -> {});
    }

    private Check signIn(String name) throws BrokerException {
        link.signIn(Act.connecting(), link.deadline());
        return Check.passed(
                name,
                link.profile().user()
                        + " in the virtual host "
                        + link.profile().virtualHost()
                        + ", "
                        + link.product()
                        + ' '
                        + link.version());
    }

    private Check managementAnswers(String name) throws BrokerException {
        if (management.address().isEmpty()) {
            return Check.skipped(name, "This profile does without it.");
        }
        var act = new Act("asking who one is", new Right.Tag("management"), null);
        var answer = management.get("/whoami", act, link.deadline());
        if (answer.isPresent()) {
            var tags = answer.get().path("tags");
            return Check.passed(
                    name,
                    management.address() + ", tags " + (tags.isTextual() ? tags.asText() : tags));
        }
        var absent = "Nothing answers on " + management.address() + '.';
        return link.profile().namesManagement()
                ? Check.failed(name, absent, new Remedy.Edit("managementUrl"))
                : Check.warning(
                        name,
                        absent
                                + " Without it queues are not listed, nor is it known what dies into them.",
                        new Remedy.Advice(
                                "Have the plugin rabbitmq_management enabled, or name the queues."));
    }

    private Check list(String name) throws BrokerException {
        queues = connection.queues();
        var dead = QueueInfo.deadLetters(queues).size();
        return queues.isEmpty()
                ? Check.warning(
                        name,
                        "No queue can be seen.",
                        new Remedy.Advice("Check the virtual host, or name the queues."))
                : Check.passed(
                        name, queues.size() + " queues, " + dead + " of them for dead letters");
    }

    /// Consumes in a way that the broker refuses after it has looked at the permission: nothing is
    /// delivered.
    private Check read(String name) throws BrokerException {
        var dead = QueueInfo.deadLetters(queues);
        if (dead.isEmpty()) {
            return Check.skipped(name, "There is no dead-letter queue yet.");
        }
        var queue = dead.getFirst().ref().name();
        link.<Object>call(
                Act.describing(queue),
                link.deadline(),
                channel -> channel.queueDeclarePassive(queue));
        if (!link.isRabbit()) {
            // Others do not refuse the question, and hand messages out.
            return Check.skipped(name, link.product() + " tells only when " + queue + " is read.");
        }
        try {
            var _ =
                    link.<String>call(
                            Act.reading(queue),
                            link.deadline(),
                            channel -> {
                                try {
                                    return channel.basicConsume(
                                            queue,
                                            false,
                                            Map.of("x-priority", "not a number"),
                                            new DefaultConsumer(channel));
                                } catch (IOException refused) {
                                    throw refused.getCause() instanceof ShutdownSignalException why
                                            ? why
                                            : refused;
                                }
                            });
        } catch (BrokerException.Unsupported asked) {
            // The permission is there, and the question was refused, as it should.
        }
        return Check.passed(name, queue + " may be read");
    }

    private Check write(String name) throws BrokerException {
        var origins = new TreeSet<String>();
        QueueInfo.deadLetters(queues).forEach(queue -> origins.addAll(queue.feeds()));
        if (origins.isEmpty()) {
            return writeToAny(name);
        }
        var gone = new TreeSet<String>();
        var asked = origins.stream().limit(MOST_ORIGINS).toList();
        for (var origin : asked) {
            var refused = routes.refusal(new Destination("", origin), link.deadline());
            if (refused.isPresent()) {
                if (!(refused.get() instanceof BrokerException.NotFound)) {
                    return Check.failed(name, refused.get().sentence(), refused.get().remedy());
                }
                gone.add(origin);
            }
        }
        return gone.isEmpty()
                ? Check.passed(name, among(asked, origins.size()) + " may be written to")
                : Check.warning(
                        name,
                        "The origin " + String.join(", ", gone) + " does not exist any more.",
                        new Remedy.Advice("Choose another destination for its messages."));
    }

    /// The default exchange leads to them all, and can be asked for none of them.
    private Check writeToAny(String name) throws BrokerException {
        var refused = routes.refusalOfQueues(link.deadline());
        return refused.isPresent()
                ? Check.failed(name, refused.get().sentence(), refused.get().remedy())
                : Check.passed(
                        name,
                        "amq.default may be written to; no queue is known yet that messages die out"
                                + " of");
    }

    private static String among(List<String> asked, int all) {
        var names = String.join(", ", asked);
        return asked.size() == all
                ? names
                : names + ", the first " + asked.size() + " of " + all + " queues,";
    }

    private Check move(String name) throws BrokerException {
        var refused = shovels.refusal(link.deadline());
        return refused == null
                ? Check.passed(name, "shovels can be made")
                : Check.skipped(name, refused.sentence() + ' ' + refused.remedy().sentence());
    }
}
