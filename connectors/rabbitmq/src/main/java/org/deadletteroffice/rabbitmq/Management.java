package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.jspecify.annotations.Nullable;

/// RabbitMQ's management HTTP API. Thread-safe.
///
/// By the JDK's older client: its newer one knows no SOCKS proxies, and tries an upgrade to HTTP/2,
/// at which the broker breaks the connection.
final class Management {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// An API that did not answer is not asked again for so long.
    private static final long ABSENT_NANOS = Duration.ofSeconds(20).toNanos();

    private static final int TRIES = 4;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final RabbitProfile profile;
    private final RabbitErrors errors;
    private final SignIn signIn;
    private final List<URI> bases;
    private final String vhost;
    private @Nullable SSLSocketFactory sockets;
    private volatile long absentUntil;
    private volatile boolean absent;

    /// Which of them answered last.
    private volatile int answering;

    Management(RabbitProfile profile, RabbitErrors errors, SignIn signIn) {
        this.profile = profile;
        this.errors = errors;
        this.signIn = signIn;
        this.bases = profile.managementUris();
        this.vhost = encoded(profile.virtualHost());
    }

    /// As part of a path.
    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// The profile's virtual host as part of a path.
    String vhost() {
        return vhost;
    }

    /// For sentences; empty where the API shall not be asked. Where nobody answers, all of them.
    String address() {
        return absent || bases.isEmpty()
                ? bases.stream().map(Management::address).collect(Collectors.joining(", "))
                : address(bases.get(answering));
    }

    private static String address(URI base) {
        return base.getScheme() + "://" + base.getAuthority();
    }

    /// What lies under a path.
    ///
    /// @return empty where there is no management API
    /// @throws BrokerException.NotFound when there is one, and nothing under this path
    Optional<JsonNode> get(String path, Act act, Deadline deadline) throws BrokerException {
        return send("GET", path, null, act, deadline);
    }

    Optional<JsonNode> put(String path, JsonNode body, Act act, Deadline deadline)
            throws BrokerException {
        return send("PUT", path, body, act, deadline);
    }

    Optional<JsonNode> delete(String path, Act act, Deadline deadline) throws BrokerException {
        return send("DELETE", path, null, act, deadline);
    }

    private Optional<JsonNode> send(
            String method, String path, @Nullable JsonNode body, Act act, Deadline deadline)
            throws BrokerException {
        if (bases.isEmpty() || (absent && System.nanoTime() - absentUntil < 0)) {
            return Optional.empty();
        }
        try {
            var looks = method.equals("GET");
            var answer =
                    deadline.await(
                            // An order that was lost may have been obeyed, so no second one gets
                            // it.
                            () -> looks ? askAll(path) : ask(method, uri(answering, path), body),
                            _ -> {});
            // That one does not answer says nothing of the others.
            if (looks || bases.size() == 1) {
                absentUntil = System.nanoTime() + ABSENT_NANOS;
                absent = answer.isEmpty();
            }
            return answer.isEmpty() ? Optional.empty() : Optional.of(read(answer.get(), act));
        } catch (Exception failed) {
            throw errors.of(failed, act);
        }
    }

    private record Answer(int code, byte[] body) {}

    private URI uri(int which, String path) {
        return URI.create(bases.get(which) + "/api" + path);
    }

    /// The one that answered last, else the next: all are nodes of one cluster.
    private Optional<Answer> askAll(String path)
            throws IOException, BrokerException, InterruptedException {
        var first = answering;
        for (var more = 0; more < bases.size(); more++) {
            var which = (first + more) % bases.size();
            var answer = askAgain(uri(which, path));
            if (answer.isPresent()) {
                answering = which;
                return answer;
            }
        }
        return Optional.empty();
    }

    /// A fault of its own passes, as a node that has just started may have one.
    private Optional<Answer> askAgain(URI uri)
            throws IOException, BrokerException, InterruptedException {
        for (var tries = 1; ; tries++) {
            var answer = ask("GET", uri, null);
            if (tries == TRIES || answer.isEmpty() || answer.get().code() < 500) {
                return answer;
            }
            Thread.sleep(PAUSE);
        }
    }

    /// Empty where nobody answers.
    private Optional<Answer> ask(String method, URI uri, @Nullable JsonNode body)
            throws IOException, BrokerException {
        var request = request(method, uri, body != null);
        try {
            connect(request);
            if (body != null) {
                try (var out = request.getOutputStream()) {
                    out.write(body.toString().getBytes(StandardCharsets.UTF_8));
                }
            }
            // A connection that was kept may be found closed here, and a new one be refused.
            var code = request.getResponseCode();
            if (request.usingProxy() && code >= 502 && code <= 504) {
                // The proxy's, who found nobody.
                return Optional.empty();
            }
            try (var in = code >= 400 ? request.getErrorStream() : request.getInputStream()) {
                return Optional.of(new Answer(code, in == null ? new byte[0] : in.readAllBytes()));
            }
        } catch (ConnectException | NoRouteToHostException | UnknownHostException nobody) {
            return Optional.empty();
        }
    }

    /// @throws ConnectException where nobody is there
    private void connect(HttpURLConnection request) throws IOException {
        try {
            request.connect();
        } catch (SocketTimeoutException silent) {
            throw notThere(silent);
        } catch (SocketException failed) {
            var proxy = profile.proxy();
            // All that a SOCKS proxy, or its absence, ever says.
            throw proxy != null && proxy.type() == Proxy.Type.SOCKS ? notThere(failed) : failed;
        }
    }

    private static ConnectException notThere(IOException cause) {
        var nobody = new ConnectException(cause.getMessage());
        nobody.initCause(cause);
        return nobody;
    }

    private HttpURLConnection request(String method, URI uri, boolean hasBody)
            throws IOException, BrokerException {
        var proxy = profile.proxy();
        var url = uri.toURL();
        var request =
                (HttpURLConnection)
                        (proxy == null ? url.openConnection() : url.openConnection(proxy));
        var millis = (int) profile.timeout().toMillis();
        // One that is silent leaves time for the others.
        request.setConnectTimeout(millis / bases.size());
        request.setReadTimeout(millis);
        request.setRequestMethod(method);
        request.setInstanceFollowRedirects(false);
        request.setDoOutput(hasBody);
        request.setRequestProperty("Authorization", signIn.authorization());
        // By https it would go to the API itself; the profile rules that out.
        var toProxy = profile.proxyAuthorization();
        if (proxy != null && toProxy != null) {
            request.setRequestProperty("Proxy-Authorization", toProxy);
        }
        request.setRequestProperty("Content-Type", "application/json");
        if (request instanceof HttpsURLConnection secured) {
            secured.setSSLSocketFactory(sockets());
            if (!profile.verifiesHost()) {
                secured.setHostnameVerifier((_, _) -> true);
            }
        }
        return request;
    }

    /// One for all requests: connections are shared among those that have the same.
    private synchronized SSLSocketFactory sockets() throws BrokerException {
        if (sockets == null) {
            sockets = TlsContext.of(profile).getSocketFactory();
        }
        return sockets;
    }

    private JsonNode read(Answer answer, Act act) throws BrokerException, IOException {
        var code = answer.code();
        if (code == 404) {
            throw new BrokerException.NotFound(
                    act.queue() == null
                            ? "The management API does not know it while " + act.doing() + '.'
                            : "There is no queue " + act.queue() + '.',
                    new Remedy.Advice("Check the name, and which plugins the broker runs."),
                    null);
        }
        if (HttpTunnel.wantsPassword(code)) {
            throw errors.of(HttpTunnel.refused(code), act);
        }
        if (code == 401 || code == 403) {
            // Seen on 3.10 and 4.0: its two spellings tell who was not let in from who may not.
            throw said(answer.body(), "error").equals("not_authorized")
                    ? errors.managementNotAuthenticated()
                    : errors.managementDenied(act);
        }
        if (code >= 500) {
            throw new BrokerException.Unreachable(
                    "The management API answered "
                            + code
                            + " while "
                            + act.doing()
                            + reason(answer.body()),
                    new Remedy.Wait(PAUSE.multipliedBy(TRIES)),
                    null);
        }
        if (code >= 400) {
            throw new BrokerException.Unsupported(
                    "The management API answered "
                            + code
                            + " while "
                            + act.doing()
                            + reason(answer.body()),
                    new Remedy.Advice("Look into the broker's log."),
                    null);
        }
        return answer.body().length == 0 ? MissingNode.getInstance() : JSON.readTree(answer.body());
    }

    private static String reason(byte[] body) {
        var reason = said(body, "reason");
        return reason.isEmpty() ? "." : ": " + reason + '.';
    }

    private static String said(byte[] body, String field) {
        try {
            return JSON.readTree(body).path(field).asText("");
        } catch (IOException noJson) {
            return "";
        }
    }

    /// The next question is asked, however soon after one that nobody answered.
    void forgetAbsence() {
        absent = false;
    }

    /// Whether the API answered the last time that it was asked, or was not asked yet.
    boolean isPresent() {
        return !bases.isEmpty() && !absent;
    }
}
