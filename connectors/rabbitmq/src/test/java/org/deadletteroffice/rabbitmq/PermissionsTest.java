package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.deadletteroffice.fixtures.rabbitmq.RabbitBroker;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Check.State;
import org.deadletteroffice.spi.profile.Settings;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.junit.jupiter.api.Test;

/// What one may not do, which permission would allow it, and how that is given.
final class PermissionsTest extends OneNode {
    @Test
    void checks_name_the_missing_permission() throws Exception {
        var dead = filled("checked-dlq", 2, Map.of());
        var source =
                queue(
                        "checked",
                        Map.of(
                                "x-dead-letter-exchange",
                                "",
                                "x-dead-letter-routing-key",
                                dead.name()));
        try (var unable = open(rabbit.user(".*", ".*", "^$"))) {
            assertThat(step(unable, RabbitChecks.READ))
                    .satisfies(
                            check -> {
                                assertThat(check.state()).isEqualTo(State.FAILED);
                                assertThat(String.valueOf(check.remedy()))
                                        .contains("read on the queue", "CONFIGURE WRITE '^");
                            });
        }
        try (var unable = open(rabbit.user(".*", "^$", ".*"))) {
            assertThat(step(unable, RabbitChecks.READ).state()).isEqualTo(State.PASSED);
            assertThat(step(unable, RabbitChecks.WRITE))
                    .satisfies(
                            check -> {
                                assertThat(check.state()).isEqualTo(State.FAILED);
                                assertThat(String.valueOf(check.remedy()))
                                        .contains(
                                                "write on the exchange amq.default in the virtual"
                                                        + " host /",
                                                "CONFIGURE '^amq\\.default$' READ");
                            });
        }
        assertThat(step(connection, RabbitChecks.WRITE).state()).isIn(State.PASSED, State.WARNING);
        assertThat(peeked(source)).as("nothing is sent").isEmpty();
        assertThat(
                        rabbit.<Boolean>use(
                                "look",
                                c -> c.basicGet(dead.name(), false).getEnvelope().isRedeliver()))
                .as("nothing is taken")
                .isFalse();
    }

    @Test
    void user_without_the_tag_is_told_so() throws Exception {
        var settings = rabbit.user(".*", ".*", ".*");
        rabbit.manage(
                "PUT",
                "/users/" + settings.get("username").orElseThrow(),
                "{\"password\":\"secret\",\"tags\":\"\"}");
        try (var untagged = open(settings)) {
            assertThat(step(untagged, RabbitChecks.SIGN_IN).state()).isEqualTo(State.PASSED);
            assertThat(step(untagged, RabbitChecks.MANAGEMENT))
                    .satisfies(
                            check -> {
                                assertThat(check.state()).isEqualTo(State.FAILED);
                                assertThat(String.valueOf(check.remedy())).contains("management");
                            });
        }
    }

    @Test
    void unknown_virtual_host_points_to_its_field() throws Exception {
        try (var lost = open(rabbit.settings().with("virtualHost", "nowhere"))) {
            var check = step(lost, RabbitChecks.SIGN_IN);
            assertThat(check.state()).isEqualTo(State.FAILED);
            assertThat(check.remedy()).isEqualTo(new Remedy.Edit("virtualHost"));
        }
    }

    @Test
    void command_that_is_told_gives_what_is_missing() throws Exception {
        var queue = filled("given.dlq", 1, Map.of());
        var settings = rabbit.user(".*", ".*", "^$");
        var user = settings.get("username").orElseThrow();
        try (var unable = open(settings)) {
            var refused = catchRefusal(() -> all(unable, queue));
            var pattern = "'(\\^.*\\$)'";
            var told =
                    Pattern.compile(
                                    "rabbitmqctl set_permissions -p / "
                                            + user
                                            + " CONFIGURE WRITE "
                                            + pattern)
                            .matcher(refused.remedy().sentence());
            assertThat(told.find()).as(refused.remedy().sentence()).isTrue();

            rabbit.broker().control("set_permissions", "-p", "/", user, ".*", ".*", told.group(1));

            assertThat(all(unable, queue)).hasSize(1);
            var another = filled("given-dlq", 1, Map.of());
            assertThatThrownBy(() -> all(unable, another))
                    .isInstanceOf(BrokerException.NotAuthorized.class);
        }
    }

    @Test
    void key_that_a_topic_exchange_refuses_is_named_with_the_command_that_allows_it()
            throws Exception {
        var source = filled("topical", 1, Map.of());
        var target = queue("topical-target", Map.of());
        var _ =
                rabbit.use(
                        "bind",
                        channel -> {
                            var _ = channel.exchangeDeclare("news", "topic", true);
                            return channel.queueBind(target.name(), "news", "#");
                        });
        var settings = rabbit.user(".*", ".*", ".*");
        var user = settings.get("username").orElseThrow();
        rabbit.manage(
                "PUT",
                "/topic-permissions/%2F/" + user,
                "{\"exchange\":\"news\",\"write\":\"^sports\\\\.\",\"read\":\".*\"}");
        var letters = all(source);
        var batch = outgoing(letters, "exchange:news/weather.eu");
        try (var limited = open(settings);
                var transfer = limited.transfer(new TransferPlan("job", source, PROFILE))) {
            assertThat(transfer.rehearse(outgoing(letters, "exchange:news/sports.eu"))).isEmpty();
            assertThat(transfer.rehearse(outgoing(letters, "exchange:news/" + "w".repeat(240))))
                    .singleElement()
                    .extracting(event -> ((TransferEvent.Refused) event).reason().remedy())
                    .asString()
                    .contains("set_topic_permissions -p / " + user + " news WRITE READ");
            var refused = ((TransferEvent.Refused) transfer.rehearse(batch).getFirst()).reason();
            assertThat(refused)
                    .isInstanceOf(BrokerException.NotAuthorized.class)
                    .hasMessageContaining("write on the topic 'weather.eu' of the exchange news");
            var told =
                    Pattern.compile(
                                    "rabbitmqctl set_topic_permissions -p / "
                                            + user
                                            + " news '(\\^.*\\$)' READ")
                            .matcher(refused.remedy().sentence());
            assertThat(told.find()).as(refused.remedy().sentence()).isTrue();
            assertThat(eventsOf(() -> transfer.send(batch), batch))
                    .singleElement()
                    .asString()
                    .contains("topic 'weather.eu'");

            rabbit.broker()
                    .control("set_topic_permissions", "-p", "/", user, "news", told.group(1), ".*");

            assertThat(transfer.send(batch)).allMatch(TransferEvent.Sent.class::isInstance);
        }
        assertThat(peeked(target)).containsExactly("m-0");
    }

    @Test
    void right_to_write_is_tried_also_where_no_origin_is_known() throws Exception {
        var dead = filled("unfed-dlq", 1, Map.of());
        try (var unable = open(alone(rabbit.user(".*", "^$", ".*"), dead));
                var able = open(alone(rabbit.settings(), dead))) {
            assertThat(step(unable, RabbitChecks.WRITE))
                    .satisfies(
                            check -> {
                                assertThat(check.state()).isEqualTo(State.FAILED);
                                assertThat(String.valueOf(check.remedy()))
                                        .contains("write on the exchange amq.default");
                            });
            assertThat(step(able, RabbitChecks.WRITE))
                    .satisfies(
                            check -> {
                                assertThat(check.state()).isEqualTo(State.PASSED);
                                assertThat(check.detail()).startsWith("amq.default may be");
                            });
        }
    }

    private static Settings alone(Settings settings, QueueRef queue) {
        return settings.with("managementUrl", "none").with("queues", queue.name());
    }

    @Test
    void of_many_origins_it_is_said_how_many_were_tried() throws Exception {
        rabbit.manage("PUT", "/vhosts/origins", "");
        rabbit.manage(
                "PUT",
                "/permissions/origins/" + RabbitBroker.ADMIN,
                "{\"configure\":\".*\",\"write\":\".*\",\"read\":\".*\"}");
        rabbit.manage("PUT", "/queues/origins/dlq", "{\"durable\":true,\"arguments\":{}}");
        for (var n = 10; n < 31; n++) {
            rabbit.manage(
                    "PUT",
                    "/queues/origins/origin-" + n,
                    "{\"durable\":true,\"arguments\":{\"x-dead-letter-exchange\":\"\",\"x-dead-letter-routing-key\":\"dlq\"}}");
        }
        try (var over = open(rabbit.settings().with("virtualHost", "origins"))) {
            assertThat(step(over, RabbitChecks.WRITE))
                    .satisfies(
                            check -> {
                                assertThat(check.state()).isEqualTo(State.PASSED);
                                assertThat(check.detail())
                                        .startsWith("origin-10, ")
                                        .endsWith(
                                                "origin-29, the first 20 of 21 queues, may be"
                                                        + " written to");
                            });
        }
    }

    private interface Doing {
        void run() throws Exception;
    }

    private static BrokerException.NotAuthorized catchRefusal(Doing act) throws Exception {
        try {
            act.run();
        } catch (BrokerException.NotAuthorized refused) {
            return refused;
        }
        throw new AssertionError("nothing was refused");
    }

    /// What RabbitMQ 4.2.6 and 4.3.0 ask of who looks up a queue, earlier ones do of who makes one:
    /// on the way here the one becomes the other.
    private static Optional<byte[]> declaringActively(int method, byte[] frame) {
        if (method == FrameGate.QUEUE_DECLARE) {
            var name = FrameGate.ARGUMENTS + Short.BYTES;
            var flags = name + 1 + (frame[name] & 0xff);
            frame[flags] &= ~1;
        }
        return Optional.of(frame);
    }

    @Test
    void configure_is_named_where_the_broker_asks_for_it() throws Exception {
        var dead = filled("looked-up-dlq", 1, Map.of());
        var open = queue("home", Map.of());
        var settings = rabbit.user("^$", ".*", ".*");
        var user = settings.get("username").orElseThrow();
        try (var gate =
                        new FrameGate(
                                rabbit.broker().port(),
                                PermissionsTest::declaringActively,
                                FrameGate.PASS);
                var unable = open(settings.with("hosts", gate.address()))) {
            assertThat(step(unable, RabbitChecks.READ))
                    .satisfies(
                            check -> {
                                assertThat(check.state()).isEqualTo(State.FAILED);
                                assertThat(check.detail()).contains("configure on the queue");
                                assertThat(Objects.requireNonNull(check.remedy()).sentence())
                                        .contains(
                                                "rabbitmqctl set_permissions -p / " + user + " '^",
                                                "$' WRITE READ");
                            });
            assertThatThrownBy(() -> all(unable, dead))
                    .isInstanceOf(BrokerException.NotAuthorized.class)
                    .hasMessageContaining("configure on the queue " + dead.name());

            // To send there takes no more than before.
            var batch = outgoing(all(dead), open.name());
            try (var transfer = unable.transfer(new TransferPlan("job", dead, PROFILE))) {
                assertThat(transfer.rehearse(batch)).isEmpty();
                assertThat(transfer.send(batch)).allMatch(TransferEvent.Sent.class::isInstance);
            }
        }
        assertThat(peeked(open)).containsExactly("m-0");
        try (var able = open(settings)) {
            assertThat(all(able, dead)).as("no earlier broker asks for it").hasSize(1);
        }
    }
}
