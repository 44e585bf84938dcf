package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.jspecify.annotations.Nullable;

/// RabbitMQ's management HTTP API. Thread-safe.
///
/// HTTP/1.1 alone: the broker breaks the connection at an upgrade to HTTP/2.
final class Management {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// An API that did not answer is not asked again for so long.
    private static final long ABSENT_NANOS = Duration.ofSeconds(20).toNanos();

    private final RabbitProfile profile;
    private final RabbitErrors errors;
    private final @Nullable URI base;
    private final String vhost;
    private @Nullable HttpClient client;
    private volatile long absentUntil;
    private volatile boolean absent;

    Management(RabbitProfile profile, RabbitErrors errors) {
        this.profile = profile;
        this.errors = errors;
        this.base = profile.managementUri().orElse(null);
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

    /// For sentences; empty where the API shall not be asked.
    String address() {
        return base == null ? "" : base.getScheme() + "://" + base.getAuthority();
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
        var at = base;
        if (at == null || (absent && System.nanoTime() - absentUntil < 0)) {
            return Optional.empty();
        }
        var request =
                HttpRequest.newBuilder(URI.create(at + "/api" + path))
                        .timeout(profile.timeout())
                        .header("Authorization", authorization())
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body.toString()))
                        .build();
        try {
            var response =
                    deadline.await(
                            () -> client().send(request, BodyHandlers.ofByteArray()), _ -> {});
            absent = false;
            return Optional.of(read(response, act));
        } catch (ConnectException | HttpConnectTimeoutException nobody) {
            absentUntil = System.nanoTime() + ABSENT_NANOS;
            absent = true;
            return Optional.empty();
        } catch (Exception failed) {
            throw errors.of(failed, act);
        }
    }

    private JsonNode read(HttpResponse<byte[]> response, Act act)
            throws BrokerException, IOException {
        var code = response.statusCode();
        if (code == 404) {
            throw new BrokerException.NotFound(
                    act.queue() == null
                            ? "The management API does not know it while " + act.doing() + '.'
                            : "There is no queue " + act.queue() + '.',
                    new Remedy.Advice("Check the name, and which plugins the broker runs."),
                    null);
        }
        if (code == 401 || code == 403) {
            throw errors.denied(act, null);
        }
        if (code >= 400) {
            throw new BrokerException.Unsupported(
                    "The management API answered "
                            + code
                            + " while "
                            + act.doing()
                            + reason(response.body()),
                    new Remedy.Advice("Look into the broker's log."),
                    null);
        }
        return response.body().length == 0
                ? MissingNode.getInstance()
                : JSON.readTree(response.body());
    }

    private static String reason(byte[] body) {
        try {
            var reason = JSON.readTree(body).path("reason").asText("");
            return reason.isEmpty() ? "." : ": " + reason + '.';
        } catch (IOException noJson) {
            return ".";
        }
    }

    private String authorization() {
        var password = profile.managementPassword().reveal();
        return profile.managesByToken()
                ? "Bearer " + password
                : "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (profile.managementUsername() + ':' + password)
                                                .getBytes(StandardCharsets.UTF_8));
    }

    private synchronized HttpClient client() throws BrokerException {
        var current = client;
        if (current == null) {
            var builder =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .connectTimeout(profile.timeout());
            if (String.valueOf(base).startsWith("https")) {
                builder.sslContext(TlsContext.of(profile));
            }
            var proxy = profile.proxy();
            if (proxy != null
                    && proxy.type() == Proxy.Type.HTTP
                    && proxy.address() instanceof InetSocketAddress address) {
                builder.proxy(ProxySelector.of(address));
            }
            current = builder.build();
            client = current;
        }
        return current;
    }

    /// Whether the API answered the last time that it was asked, or was not asked yet.
    boolean isPresent() {
        return base != null && !absent;
    }

    synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
