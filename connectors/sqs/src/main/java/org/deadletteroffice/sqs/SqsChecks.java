package org.deadletteroffice.sqs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Numerals;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRole;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.profile.CheckRun;
import org.jspecify.annotations.Nullable;

/// Diagnoses a profile from the name to each right that an act needs. Receives, sends and removes
/// nothing: a right is tried with a request that the service must refuse for another reason.
final class SqsChecks {
    static final String NAME = "Name resolves";
    static final String PORT = "Port answers";
    static final String TLS = "TLS handshake";
    static final String SIGN_IN = "Sign-in";
    static final String LIST = "List queues";
    static final String METRICS = "Age of the oldest: ask CloudWatch";
    static final String TOPICS = "Dead letters of SNS: list subscriptions";
    static final String PUBLISHING = "Redrive to a topic: publish";
    static final String FUNCTIONS = "Deliver to a function of SNS's: invoke it";
    /// What each look at the queues asks.
    private static final List<String> LISTING =
            List.of(Act.LIST_QUEUES, Act.GET_URL, Act.ATTRIBUTES, Act.SOURCES);

    private static final List<String> STEPS =
            Stream.concat(
                            Stream.of(NAME, PORT, TLS, SIGN_IN, LIST),
                            Stream.concat(
                                    RightProbe.ALL.stream().map(RightProbe::step),
                                    Stream.of(METRICS, TOPICS, PUBLISHING, FUNCTIONS)))
                    .toList();

    private final Account account;
    private final SqsConnection connection;
    private final Consumer<Check> listener;
    private @Nullable QueueInfo queue;

    SqsChecks(Account account, SqsConnection connection, Consumer<Check> listener) {
        this.account = account;
        this.connection = connection;
        this.listener = listener;
    }

    /// @throws BrokerException.Cancelled when interrupted; a failed step is no exception
    void run() throws BrokerException {
        var run =
                new CheckRun(
                        STEPS, listener, failed -> account.errors().of(failed, Act.signingIn()));
        var good = run.step(NAME, true, this::resolve);
        good = run.step(PORT, good, this::port);
        good = run.step(TLS, good, this::tls);
        good = run.step(SIGN_IN, good, this::signIn);
        good = run.step(LIST, good, this::list);
        for (var probe : RightProbe.ALL) {
            // Each right stands for itself: one that is missing says nothing of the next.
            run.step(probe.step(), good, name -> probe(name, probe));
        }
        run.step(METRICS, good, this::metrics);
        run.step(TOPICS, good, this::topics);
        run.step(PUBLISHING, good, this::publishing);
        run.step(FUNCTIONS, good, this::functions);
    }

    private String host() throws BrokerException {
        return account.calls().call(Act.signingIn(), account.clients()::address).getHost();
    }

    private InetSocketAddress address() throws BrokerException, UnknownHostException {
        var uri = account.calls().call(Act.signingIn(), account.clients()::address);
        var port = uri.getPort() >= 0 ? uri.getPort() : usesTls() ? 443 : 80;
        return new InetSocketAddress(InetAddress.getByName(uri.getHost()), port);
    }

    private boolean usesTls() throws BrokerException {
        return "https"
                .equals(
                        account.calls()
                                .call(Act.signingIn(), account.clients()::address)
                                .getScheme());
    }

    private String field() {
        return account.profile().endpoint().isPresent() ? "endpoint" : "region";
    }

    private Check resolve(String name) throws BrokerException {
        var host = host();
        try {
            return Check.passed(name, host + " is " + InetAddress.getByName(host).getHostAddress());
        } catch (UnknownHostException nowhere) {
            return Check.failed(
                    name, "No address is known for " + host + '.', new Remedy.Edit(field()));
        }
    }

    private int millis() {
        return (int) account.profile().timeout().toMillis();
    }

    private Check port(String name) throws BrokerException, IOException {
        var address = address();
        try (var socket = new Socket()) {
            socket.connect(address, millis() / 2);
            return Check.passed(name, address.getHostString() + ':' + address.getPort());
        } catch (IOException closed) {
            return Check.failed(
                    name,
                    "Nothing answers on " + address.getHostString() + ':' + address.getPort() + '.',
                    new Remedy.Advice("Check the address, the proxy and the firewall."));
        }
    }

    private Check tls(String name) throws BrokerException, IOException {
        if (!usesTls()) {
            return Check.skipped(name, "This endpoint uses no TLS.");
        }
        if (account.profile().caFile().isPresent()) {
            return Check.skipped(name, "Checked with the given certificates at the sign-in.");
        }
        var host = host();
        try (var plain = new Socket()) {
            plain.connect(address(), millis());
            plain.setSoTimeout(millis());
            try (var socket =
                    (SSLSocket)
                            ((SSLSocketFactory) SSLSocketFactory.getDefault())
                                    .createSocket(plain, host, plain.getPort(), true)) {
                var parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                return Check.passed(name, socket.getSession().getProtocol());
            }
        } catch (javax.net.ssl.SSLException refused) {
            return Check.failed(
                    name,
                    "The certificate of " + host + " is not trusted.",
                    new Remedy.Edit("caFile"));
        }
    }

    /// An emulator's endpoint answers for SQS alone: there the list is the first to ask for keys.
    private Check signIn(String name) throws BrokerException {
        if (account.profile().endpoint().isPresent()) {
            return Check.skipped(name, "Not asked of an endpoint of its own.");
        }
        var caller =
                account.calls()
                        .call(Act.signingIn(), () -> account.clients().sts().getCallerIdentity());
        return Check.passed(
                name,
                caller.arn()
                        + " in account "
                        + caller.account()
                        + ", region "
                        + account.clients().region().id());
    }

    private Check list(String name) throws BrokerException {
        List<QueueInfo> queues;
        try {
            queues = connection.queues();
        } catch (BrokerException.NotAuthorized missing) {
            return denied(name, missing, LISTING, "*");
        }
        queue = target(queues).orElse(null);
        var dead = queues.stream().filter(one -> one.role() == QueueRole.DEAD_LETTER).count();
        return queues.isEmpty()
                ? Check.warning(
                        name,
                        "There is no queue in this account and region.",
                        new Remedy.Edit("region"))
                : Check.passed(
                        name,
                        Numerals.of(queues.size(), "queue", "queues")
                                + ", "
                                + Numerals.of(dead)
                                + " named by redrive policies");
    }

    /// The dead-letter queue with the most in it, else any queue.
    private static Optional<QueueInfo> target(List<QueueInfo> queues) {
        return queues.stream()
                .max(
                        Comparator.comparing((QueueInfo one) -> one.role() == QueueRole.DEAD_LETTER)
                                .thenComparing(one -> one.depth().value()));
    }

    private Check probe(String name, RightProbe probe) throws BrokerException {
        var tried = queue;
        if (tried == null) {
            return Check.skipped(name, "There is no queue to try it on.");
        }
        var on =
                probe.onOrigin()
                        ? tried.feeds().stream()
                                .filter(feed -> !feed.startsWith("arn:"))
                                .findFirst()
                                .orElse(null)
                        : tried.ref().name();
        if (on == null) {
            return Check.skipped(name, "No queue is known yet that messages die out of.");
        }
        var calls = account.calls();
        var facts = account.attributes(calls, account.address(calls, on));
        try {
            calls.call(
                    new Act(probe.action(), "trying " + probe.action(), on),
                    () -> {
                        probe.ask(account.clients().sqs(), facts);
                        return true;
                    });
        } catch (BrokerException.NotAuthorized missing) {
            return denied(name, missing, probe.actions(), facts.arn());
        } catch (BrokerException.Unreachable | BrokerException.NotAuthenticated other) {
            throw other;
        } catch (BrokerException refusedAsMeant) {
            return Check.passed(name, probe.action() + " on " + on + " is not denied");
        }
        return Check.passed(name, probe.action() + " on " + on + " is not denied");
    }

    private static Check denied(
            String name,
            BrokerException.NotAuthorized missing,
            List<String> actions,
            String resource) {
        return Check.failed(name, allowed(missing, actions, resource), missing.remedy());
    }

    private static String allowed(
            BrokerException.NotAuthorized missing, List<String> actions, String resource) {
        return missing.sentence()
                + " This policy allows it: "
                + IamPolicy.allowing(actions, resource);
    }

    /// Nothing but ages and rates hangs on it.
    private Check metrics(String name) throws BrokerException {
        var tried = queue;
        if (!account.profile().asksCloudWatch()) {
            return Check.skipped(name, "Turned off in the profile.");
        }
        if (tried == null) {
            return Check.skipped(name, "There is no queue to try it on.");
        }
        return aside(
                name,
                List.of(Act.METRICS),
                "*",
                () -> {
                    connection.metrics().tryOne(tried.ref().name());
                    return Act.METRICS + " is not denied";
                },
                "CloudWatch does not answer here: ",
                "Depths are shown all the same; turn Ask CloudWatch off in the profile where there"
                        + " is none.");
    }

    /// Nothing but the origin of what SNS could not deliver hangs on it.
    private Check topics(String name) throws BrokerException {
        if (!account.profile().asksSns()) {
            return Check.skipped(name, "Turned off in the profile.");
        }
        return aside(
                name,
                List.of(Act.SUBSCRIPTIONS, Act.SUBSCRIPTION),
                "*",
                () -> {
                    var count = account.subscriptions().tryOne();
                    return Act.SUBSCRIPTIONS + " is not denied; " + count + " on its first page";
                },
                "SNS does not answer here: ",
                "Queues are shown all the same; turn Ask SNS off in the profile where there is"
                        + " none.");
    }

    /// A batch of nothing is refused whoever sends it.
    private Check publishing(String name) throws BrokerException {
        var one = account.subscriptions().someTopic();
        if (one.isEmpty()) {
            return Check.skipped(name, "No subscription has a dead-letter queue.");
        }
        var topic = one.get();
        return aside(
                name,
                List.of(Act.PUBLISH),
                topic,
                () -> {
                    try {
                        publishNothing(topic);
                    } catch (BrokerException.NotAuthorized
                            | BrokerException.NotAuthenticated
                            | BrokerException.Unreachable
                            | BrokerException.Cancelled other) {
                        throw other;
                    } catch (BrokerException refusedAsMeant) {
                        // It is the batch that is wrong.
                    }
                    return Act.PUBLISH + " is not denied";
                },
                "SNS does not answer here: ",
                "Only a redrive to a topic needs it.");
    }

    private void publishNothing(String topic) throws BrokerException {
        account.calls()
                .call(
                        Act.publishing(topic),
                        () ->
                                account.clients()
                                        .sns()
                                        .publishBatch(
                                                request ->
                                                        request.topicArn(topic)
                                                                .publishBatchRequestEntries(
                                                                        List.of())));
    }

    /// Lambda says whether one may, without invoking anything.
    private Check functions(String name) throws BrokerException {
        var one = account.subscriptions().someFunction();
        if (one.isEmpty()) {
            return Check.skipped(name, "No subscription with a dead-letter queue is a function's.");
        }
        var function = one.get().endpoint();
        return aside(
                name,
                List.of(Act.INVOKE),
                function,
                () -> {
                    var _ =
                            account.calls()
                                    .call(
                                            Act.invoking(Destination.Function.nameOf(function)),
                                            () ->
                                                    new Lambda(account)
                                                            .invoke(
                                                                    function,
                                                                    Lambda.DRY_RUN,
                                                                    new byte[0]));
                    return Act.INVOKE + " is not denied";
                },
                "Lambda does not answer here: ",
                "Only what SNS could not deliver to a function needs it.");
    }

    private interface Trial {
        String run() throws BrokerException;
    }

    /// Asks another service, without which SQS works all the same.
    private static Check aside(
            String name,
            List<String> actions,
            String resource,
            Trial trial,
            String silence,
            String advice)
            throws BrokerException {
        try {
            return Check.passed(name, trial.run());
        } catch (BrokerException.NotAuthorized missing) {
            return Check.warning(name, allowed(missing, actions, resource), missing.remedy());
        } catch (BrokerException.Cancelled stopped) {
            throw stopped;
        } catch (BrokerException silent) {
            return Check.warning(name, silence + silent.sentence(), new Remedy.Advice(advice));
        }
    }
}
