package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.deadletteroffice.fixtures.rabbitmq.RabbitBroker;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.junit.jupiter.api.Test;

/// What the broker refuses is told as what it is, and with what helps.
final class RefusalsTest extends OneNode {
    @Test
    void wrong_sign_in_of_the_management_api_is_told_as_that() throws Exception {
        var queue = filled("managed", 1, Map.of());
        var wrong =
                rabbit.settings()
                        .with("managementUsername", "observer")
                        .withSecret("managementPassword", new Secret("wrong horse"));
        try (var over = open(wrong)) {
            assertThatThrownBy(over::queues)
                    .isInstanceOfSatisfying(
                            BrokerException.NotAuthenticated.class,
                            refused ->
                                    assertThat(refused.remedy())
                                            .isEqualTo(new Remedy.Edit("managementPassword")))
                    .hasMessageContainingAll("management API", "user observer");
            assertThat(check(over, RabbitChecks.SIGN_IN).state()).isEqualTo(Check.State.PASSED);
            assertThat(check(over, RabbitChecks.MANAGEMENT).detail()).contains("user observer");
            assertThat(all(over, queue)).as("it is not needed to look").hasSize(1);
            assertThat(over.capabilities(queue).moveOnServer()).isFalse();
        }
    }

    @Test
    void missing_tag_is_told_of_the_user_who_lacks_it() throws Exception {
        rabbit.manage("PUT", "/users/tagless", "{\"password\":\"secret\",\"tags\":\"\"}");
        var tagless =
                rabbit.settings()
                        .with("managementUsername", "tagless")
                        .withSecret("managementPassword", new Secret("secret"));
        try (var over = open(tagless)) {
            assertThatThrownBy(over::queues)
                    .isInstanceOf(BrokerException.NotAuthorized.class)
                    .hasMessageContainingAll("user tagless", "tag 'management'");
        }
    }

    /// As most applications' users have none.
    @Test
    void user_without_a_tag_ends_no_message_whose_limit_nobody_tells_him() throws Exception {
        var untagged = untagged("untagged");
        var limited = queue("limited", Map.of("x-queue-type", "quorum", "x-delivery-limit", 3));
        useUp(limited);
        var classic = filled("plain", 3, Map.of());
        try (var over = open(untagged)) {
            assertThatThrownBy(() -> all(over, limited))
                    .isInstanceOfSatisfying(
                            BrokerException.NotAuthorized.class,
                            refused ->
                                    assertThat(refused.remedy().sentence())
                                            .contains(
                                                    "rabbitmqctl set_user_tags untagged",
                                                    "management",
                                                    "'managementUrl' to 'none'"))
                    .hasMessageContainingAll(
                            limited.name(), "user untagged", "tag 'management'", "delivery limit");
            assertThat(all(over, classic)).extracting(OneNode::text).isEqualTo(texts(3));
        }
        try (var over = open(untagged.with("managementUrl", "none"))) {
            assertThat(all(over, filled("unlimited", 2, QUORUM))).hasSize(2);
        }
        awaitReady(limited, 2);
    }

    @Test
    void what_the_management_api_told_holds_for_who_lost_the_tag() throws Exception {
        var losing = untagged("losing");
        var limited = queue("limited", Map.of("x-queue-type", "quorum", "x-delivery-limit", 3));
        useUp(limited);
        tag("losing", "management");
        try (var over = open(losing)) {
            assertThat(over.capabilities(limited).observerEffect()).isEqualTo(counted(3));
            tag("losing", "");
            assertThatThrownBy(() -> all(over, limited))
                    .isInstanceOf(BrokerException.Unsupported.class)
                    .hasMessageContaining("sent anew to the queue's end");
        }
        awaitReady(limited, 2);
    }

    private Settings untagged(String name) {
        tag(name, "");
        rabbit.manage(
                "PUT",
                "/permissions/%2F/" + name,
                "{\"configure\":\".*\",\"write\":\".*\",\"read\":\".*\"}");
        return rabbit.settings()
                .with("username", name)
                .withSecret("password", new Secret("secret"));
    }

    private void tag(String name, String tag) {
        rabbit.manage(
                "PUT",
                "/users/" + name,
                "{\"password\":\"secret\",\"tags\":\"%s\"}".formatted(tag));
    }

    private static Check check(BrokerConnection over, String name) throws BrokerException {
        var all = new ArrayList<Check>();
        over.checks(all::add);
        return all.stream().filter(check -> check.name().equals(name)).toList().getLast();
    }

    @Test
    void full_limit_of_connections_is_no_missing_permission() throws Exception {
        rabbit.manage("PUT", "/vhosts/narrow", "");
        rabbit.manage("PUT", "/vhost-limits/narrow/max-connections", "{\"value\":0}");
        var user = rabbit.user(".*", ".*", ".*");
        rabbit.manage(
                "PUT",
                "/permissions/narrow/" + name(user),
                "{\"configure\":\".*\",\"write\":\".*\",\"read\":\".*\"}");
        try (var over = open(user.with("virtualHost", "narrow"))) {
            assertThatThrownBy(() -> over.snapshot(ref("none")))
                    .isInstanceOf(BrokerException.Unreachable.class)
                    .hasMessageContaining("no more than 0 connections to the virtual host narrow");
        }
    }

    @Test
    void full_limits_of_a_user_are_told_with_their_number() throws Exception {
        var source = filled("channels", 1, Map.of());
        var user = rabbit.user(".*", ".*", ".*");
        rabbit.manage("PUT", "/user-limits/" + name(user) + "/max-channels", "{\"value\":0}");
        try (var over = open(user)) {
            assertThatThrownBy(() -> all(over, source))
                    .isInstanceOf(BrokerException.Unreachable.class)
                    .hasMessageContainingAll("no more than 0 channels of the user " + name(user));
        }
        rabbit.manage("DELETE", "/user-limits/" + name(user) + "/max-channels", "");
        rabbit.manage("PUT", "/user-limits/" + name(user) + "/max-connections", "{\"value\":0}");
        try (var over = open(user)) {
            assertThatThrownBy(() -> all(over, source))
                    .isInstanceOf(BrokerException.Unreachable.class)
                    .hasMessageContainingAll("no more than 0 connections of the user");
        }
    }

    private static String name(Settings user) {
        return user.get("username").orElseThrow();
    }

    @Test
    void virtual_host_that_is_not_there_or_closed_to_the_user_is_told_so() throws Exception {
        try (var over = open(rabbit.settings().with("virtualHost", "nowhere"))) {
            assertThatThrownBy(() -> over.snapshot(ref("none")))
                    .isInstanceOf(BrokerException.NotFound.class)
                    .hasMessageContaining("no virtual host nowhere");
        }
        rabbit.manage("PUT", "/vhosts/closed", "");
        try (var over = open(rabbit.user(".*", ".*", ".*").with("virtualHost", "closed"))) {
            assertThatThrownBy(() -> over.snapshot(ref("none")))
                    .isInstanceOf(BrokerException.NotAuthorized.class)
                    .hasMessageContaining("may not enter the virtual host closed");
        }
    }

    @Test
    void virtual_host_that_is_down_is_told_to_who_is_in_and_to_who_comes() throws Exception {
        rabbit.manage("PUT", "/vhosts/fallen", "");
        rabbit.manage(
                "PUT",
                "/permissions/fallen/" + RabbitBroker.ADMIN,
                "{\"configure\":\".*\",\"write\":\".*\",\"read\":\".*\"}");
        rabbit.manage("PUT", "/queues/fallen/there", "{\"durable\":true}");
        var batch = outgoing(all(filled("to-fallen", 1, Map.of())), "there");
        FrameGate.Rule unconfirmed =
                (method, frame) ->
                        Optional.of(method == FrameGate.BASIC_ACK ? FrameGate.NOTHING : frame);
        try (var gate = new FrameGate(rabbit.broker().port(), FrameGate.PASS, unconfirmed);
                var over =
                        open(
                                rabbit.settings()
                                        .with("hosts", gate.address())
                                        .with("virtualHost", "fallen"));
                var transfer = over.transfer(new TransferPlan("job", ref("there"), PROFILE))) {
            assertThat(transfer.rehearse(batch)).isEmpty();
            var onItsWay = transfer.begin(batch);
            rabbit.broker()
                    .control("eval", "rabbit_vhost_sup_sup:stop_and_delete_vhost(<<\"fallen\">>).");
            for (Transfer.Sending each : List.of(onItsWay, () -> transfer.send(batch))) {
                assertThatThrownBy(each::events)
                        .isInstanceOfSatisfying(
                                BrokerException.Unreachable.class,
                                down ->
                                        assertThat(down.remedy().sentence())
                                                .contains(
                                                        "rabbitmqctl restart_vhost --vhost fallen"))
                        .hasMessageContaining("virtual host fallen is down");
            }
            assertThat(check(over, RabbitChecks.SIGN_IN).detail())
                    .contains("virtual host fallen is down");

            rabbit.broker().control("restart_vhost", "--vhost", "fallen");
            assertThat(transfer.rehearse(batch)).isEmpty();
        }
    }

    @Test
    void internal_exchange_is_no_missing_permission() throws Exception {
        var source = filled("internal", 1, Map.of());
        var target = queue("internal-target", Map.of());
        var _ =
                rabbit.use(
                        "declare",
                        channel -> {
                            var _ =
                                    channel.exchangeDeclare(
                                            "inner", "fanout", true, false, true, Map.of());
                            return channel.queueBind(target.name(), "inner", "");
                        });
        var letters = all(source);
        try (var transfer = transfer(source)) {
            assertThat(transfer.rehearse(outgoing(letters, "exchange:inner/k")))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            TransferEvent.Refused.class,
                            refused ->
                                    assertThat(refused.reason())
                                            .isInstanceOf(BrokerException.Unsupported.class)
                                            .hasMessageContaining("exchange inner is internal"));
        }
    }

    @Test
    void missing_permission_is_told_of_the_exchange_that_was_refused() throws Exception {
        var source = filled("mixed", 2, Map.of());
        var destination = queue("mixed-target", Map.of());
        var _ = rabbit.use("declare", channel -> channel.exchangeDeclare("shut", "direct", true));
        var letters = all(source);
        var batch =
                List.of(
                        outgoing(letters, destination.name()).getFirst(),
                        outgoing(letters, "exchange:shut/k").getLast());
        try (var over = open(rabbit.user(".*", "^(?!shut$).*", ".*"));
                var transfer = over.transfer(new TransferPlan("job", source, PROFILE))) {
            assertThat(eventsOf(() -> transfer.send(batch), batch))
                    .filteredOn(TransferEvent.Unknown.class::isInstance)
                    .isNotEmpty()
                    .extracting(event -> ((TransferEvent.Unknown) event).reason())
                    .allSatisfy(
                            reason ->
                                    assertThat(reason)
                                            .isInstanceOf(BrokerException.NotAuthorized.class)
                                            .hasMessageContaining("write on the exchange shut")
                                            .extracting(BrokerException.class::cast)
                                            .extracting(BrokerException::remedy)
                                            .asString()
                                            .contains("^shut$")
                                            .doesNotContain("amq.default"));
        }
    }

    @Test
    void binding_that_was_made_a_moment_ago_is_found() throws Exception {
        var source = filled("bound", 1, Map.of());
        var target = queue("bound-target", Map.of());
        var _ = rabbit.use("declare", channel -> channel.exchangeDeclare("late", "direct", true));
        var letters = all(source);
        try (var transfer = transfer(source)) {
            assertThat(transfer.rehearse(outgoing(letters, "exchange:late/k"))).hasSize(1);
            var _ = rabbit.use("bind", channel -> channel.queueBind(target.name(), "late", "k"));
            // Bindings are kept for 20 s.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(
                            () ->
                                    assertThat(
                                                    transfer.rehearse(
                                                            outgoing(letters, "exchange:late/k")))
                                            .isEmpty());
        }
    }
}
