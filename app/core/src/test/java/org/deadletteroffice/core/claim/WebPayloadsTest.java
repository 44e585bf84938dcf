package org.deadletteroffice.core.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.deadletteroffice.spi.error.BrokerException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against a server that does all that one may do to a client.
class WebPayloadsTest {
    private static final long MOST = 100_000;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch open = new CountDownLatch(1);
    private HttpServer server;
    private WebPayloads web;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
        web = web(Duration.ofSeconds(30));
    }

    private static WebPayloads web(Duration patience) {
        return new WebPayloads(
                new HostRule(Set.of(new NamedHost("127.0.0.1", NamedHost.ANY))), patience);
    }

    @AfterEach
    void stop() {
        open.countDown();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var range = exchange.getRequestHeaders().getFirst("Range");
            asked.add(path + (range == null ? "" : " " + range));
            assertThat(exchange.getRequestHeaders()).doesNotContainKeys("Authorization", "Cookie");
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", "application/json");
            switch (path) {
                case "/there" -> {
                    headers.set("Content-Range", "bytes 0-0/12");
                    send(
                            exchange,
                            range == null ? 200 : 206,
                            range == null ? "{\"order\":17}" : "{");
                }
                case "/whole" -> send(exchange, 200, "{\"order\":17}");
                case "/empty" -> exchange.sendResponseHeaders(416, -1);
                case "/gone" -> exchange.sendResponseHeaders(410, -1);
                case "/away" -> {
                    headers.set("Location", "http://169.254.169.254/latest");
                    exchange.sendResponseHeaders(302, -1);
                }
                case "/denied" -> exchange.sendResponseHeaders(403, -1);
                case "/endless" -> {
                    exchange.sendResponseHeaders(200, 0);
                    while (true) {
                        exchange.getResponseBody().write(new byte[8_192]);
                    }
                }
                case "/huge" -> {
                    exchange.sendResponseHeaders(200, Long.MAX_VALUE);
                    exchange.getResponseBody().flush();
                    await();
                }
                case "/slow" -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    await();
                }
                default -> exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private void await() {
        try {
            open.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Test
    void what_is_there_is_looked_for_by_its_first_byte_and_fetched_whole() throws Exception {
        var told = new ArrayList<Long>();

        assertThat(web.look(at("/there")).size()).isEqualTo(12);
        assertThat(web.look(at("/whole")).size()).isEqualTo(12);
        assertThat(web.look(at("/empty")).size()).isZero();
        var fetched = web.fetch(at("/there"), MOST, told::add);

        assertThat(fetched.bytes()).asString().isEqualTo("{\"order\":17}");
        assertThat(fetched.facts().contentType()).isEqualTo("application/json");
        assertThat(told).last().isEqualTo(12L);
        assertThat(asked)
                .containsExactly(
                        "/there bytes=0-0", "/whole bytes=0-0", "/empty bytes=0-0", "/there");
    }

    @Test
    void what_is_not_there_is_said() {
        for (var path : List.of("/missing", "/gone")) {
            assertThatThrownBy(() -> web.look(at(path)))
                    .isInstanceOf(BrokerException.NotFound.class);
            assertThatThrownBy(() -> web.fetch(at(path), MOST, _ -> {}))
                    .isInstanceOf(BrokerException.NotFound.class);
        }
        assertThatThrownBy(() -> web.look(at("/denied")))
                .isInstanceOf(BrokerException.NotAuthorized.class);
    }

    @Test
    void a_redirect_is_told_and_not_followed() {
        assertThatThrownBy(() -> web.fetch(at("/away"), MOST, _ -> {}))
                .isInstanceOf(BrokerException.Unsupported.class)
                .hasMessageContaining("sends on to http://169.254.169.254");
    }

    @Test
    void nothing_larger_than_allowed_is_read_whatever_is_announced() throws Exception {
        for (var path : List.of("/endless", "/huge")) {
            assertThatThrownBy(() -> web.fetch(at(path), MOST, _ -> {}))
                    .as(path)
                    .isInstanceOf(BrokerException.TooLarge.class);
        }
        assertThat(web.look(at("/endless")).size()).as("one byte is enough").isPositive();
    }

    @Test
    void whoever_sends_slowly_is_not_waited_for() {
        assertThatThrownBy(() -> web(Duration.ofMillis(200)).fetch(at("/slow"), MOST, _ -> {}))
                .isInstanceOf(BrokerException.Unreachable.class)
                .hasMessageContaining("within");
    }

    @Test
    void a_fetch_ends_when_it_is_interrupted() throws Exception {
        var begun = new CountDownLatch(1);
        var fetch =
                new FutureTask<>(
                        () -> {
                            try {
                                return web.fetch(at("/slow"), MOST, _ -> begun.countDown());
                            } finally {
                                begun.countDown();
                            }
                        });
        var thread = Thread.ofVirtual().start(fetch);
        begun.await();

        thread.interrupt();

        assertThatThrownBy(fetch::get).hasCauseInstanceOf(BrokerException.Cancelled.class);
    }

    @Test
    void nobody_answers() throws IOException {
        var there = at("/there");
        server.stop(0);

        assertThatThrownBy(() -> web.look(there)).isInstanceOf(BrokerException.Unreachable.class);
    }
}
