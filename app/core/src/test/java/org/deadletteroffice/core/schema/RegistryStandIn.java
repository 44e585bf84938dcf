package org.deadletteroffice.core.schema;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A schema registry that answers what it was told, and only on exact paths: Confluent's API of
/// Schema Registry 7 and Apicurio's of version 3, as their public descriptions have them.
public final class RegistryStandIn implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, String> types = new ConcurrentHashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile String authorization = "";

    public RegistryStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public RegistryStandIn has(String path, String body) {
        answers.put(path, body);
        return this;
    }

    public RegistryStandIn hasArtifact(String path, String type, String body) {
        types.put(path, type);
        return has(path, body);
    }

    public RegistryStandIn demands(String header) {
        authorization = header;
        return this;
    }

    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getRawPath();
        asked.add(path);
        var given = exchange.getRequestHeaders().getFirst("Authorization");
        var body = answers.get(path);
        int status =
                !authorization.isEmpty() && !authorization.equals(given)
                        ? 401
                        : body == null ? 404 : 200;
        if (types.containsKey(path)) {
            exchange.getResponseHeaders().add("X-Registry-ArtifactType", types.get(path));
        }
        var bytes =
                (status == 200 && body != null ? body : "{\"error_code\":" + status + "}")
                        .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
