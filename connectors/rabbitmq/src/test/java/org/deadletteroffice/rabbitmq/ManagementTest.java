package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is made of a management API that stumbles.
final class ManagementTest {
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int faults;
    private HttpServer api;
    private Management management;

    @BeforeEach
    void start() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext(
                "/api",
                exchange -> {
                    try (exchange) {
                        var body = "{\"reason\":\"badarg\"}".getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(
                                asked.incrementAndGet() <= faults ? 500 : 200, body.length);
                        exchange.getResponseBody().write(body);
                    }
                });
        api.start();
        var profile =
                new RabbitProfile(
                        Settings.EMPTY
                                .with("hosts", "localhost")
                                .with(
                                        "managementUrl",
                                        "http://localhost:" + api.getAddress().getPort()));
        management = new Management(profile, new RabbitErrors(profile), new SignIn(profile));
    }

    @AfterEach
    void stop() {
        api.stop(0);
    }

    private static Deadline deadline() {
        return Deadline.in(Duration.ofSeconds(30), () -> false);
    }

    @Test
    void a_question_that_it_stumbled_over_is_asked_again() throws Exception {
        faults = 2;

        assertThat(management.get("/queues", Act.listing(), deadline())).isPresent();
        assertThat(asked).hasValue(3);
    }

    @Test
    void one_that_it_never_answers_is_told_as_something_that_may_pass() {
        faults = Integer.MAX_VALUE;

        assertThatThrownBy(() -> management.get("/queues", Act.listing(), deadline()))
                .isInstanceOf(BrokerException.Unreachable.class)
                .hasMessageContainingAll("500", "listing queues", "badarg");
        assertThat(asked).hasValue(4);
    }

    @Test
    void an_order_is_given_once() {
        faults = Integer.MAX_VALUE;

        assertThatThrownBy(
                        () ->
                                management.delete(
                                        "/parameters/shovel/x", Act.moving("q"), deadline()))
                .isInstanceOf(BrokerException.Unreachable.class);
        assertThat(asked).hasValue(1);
    }
}
