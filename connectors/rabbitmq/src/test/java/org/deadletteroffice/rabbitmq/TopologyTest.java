package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.message.QueueRole;
import org.deadletteroffice.spi.profile.Check.State;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which queue dies into which, what one may do, and how both are told.
final class TopologyTest extends OneNode {
    private QueueInfo info(QueueRef queue) throws BrokerException {
        return connection.queues().stream()
                .filter(info -> info.ref().equals(queue))
                .findFirst()
                .orElseThrow();
    }

    private void feeds(QueueRef dead, QueueRef... sources) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(
                        () -> {
                            try (var fresh = open(rabbit.settings())) {
                                var info =
                                        fresh.queues().stream()
                                                .filter(each -> each.ref().equals(dead))
                                                .findFirst()
                                                .orElseThrow();
                                assertThat(info.feeds())
                                        .containsExactlyInAnyOrderElementsOf(
                                                List.of(sources).stream()
                                                        .map(QueueRef::name)
                                                        .toList());
                                assertThat(info.role()).isEqualTo(QueueRole.DEAD_LETTER);
                            }
                        });
    }

    private void declare(String exchange, String type, Map<String, Object> arguments) {
        var _ =
                rabbit.use(
                        "declare",
                        channel -> channel.exchangeDeclare(exchange, type, true, false, arguments));
    }

    private void bind(QueueRef queue, String exchange, String key) {
        var _ = rabbit.use("bind", channel -> channel.queueBind(queue.name(), exchange, key));
    }

    @Test
    void straight_through_the_default_exchange() {
        var dead = queue("graveyard", Map.of());
        var source =
                queue(
                        "source",
                        Map.of(
                                "x-dead-letter-exchange",
                                "",
                                "x-dead-letter-routing-key",
                                dead.name()));
        feeds(dead, source);
    }

    @Test
    void by_a_topic_pattern_and_by_each_messages_own_key() {
        declare("topic-dlx", "topic", Map.of());
        var fitting = queue("graveyard", Map.of());
        var other = queue("elsewhere", Map.of());
        bind(fitting, "topic-dlx", "eu.#");
        bind(other, "topic-dlx", "us.*");
        var named =
                queue(
                        "source",
                        Map.of(
                                "x-dead-letter-exchange", "topic-dlx",
                                "x-dead-letter-routing-key", "eu.orders.created"));
        var own = queue("source", Map.of("x-dead-letter-exchange", "topic-dlx"));

        feeds(fitting, named, own);
        feeds(other, own);
    }

    @Test
    void by_a_policy_an_exchange_bound_to_an_exchange_and_an_alternate() throws Exception {
        declare("second", "fanout", Map.of());
        declare("first", "direct", Map.of("alternate-exchange", "second"));
        declare("zeroth", "fanout", Map.of());
        var _ = rabbit.use("bind", channel -> channel.exchangeBind("first", "zeroth", "anything"));
        var dead = queue("graveyard", Map.of());
        bind(dead, "second", "");
        var source = queue("policy-source", Map.of());
        rabbit.manage(
                "PUT",
                "/policies/%2F/die",
                "{\"pattern\":\"^policy-source\",\"apply-to\":\"queues\",\"definition\":"
                        + "{\"dead-letter-exchange\":\"zeroth\",\"dead-letter-routing-key\":\"k\"}}");

        feeds(dead, source);
        assertThat(info(source).role()).isEqualTo(QueueRole.SOURCE);
    }

    private void alternateByPolicy(String exchange, String alternate) {
        rabbit.manage(
                "PUT",
                "/policies/%2F/alternate-of-" + exchange,
                "{\"pattern\":\"^%s$\",\"apply-to\":\"exchanges\",\"definition\":{\"alternate-exchange\":\"%s\"}}"
                        .formatted(exchange, alternate));
    }

    @Test
    void by_an_alternate_exchange_of_a_policy() {
        declare("policed", "direct", Map.of());
        declare("fallback", "fanout", Map.of());
        alternateByPolicy("policed", "fallback");
        var dead = queue("graveyard", Map.of());
        bind(dead, "fallback", "");
        var source =
                queue(
                        "source",
                        Map.of(
                                "x-dead-letter-exchange", "policed",
                                "x-dead-letter-routing-key", "k"));

        feeds(dead, source);
    }

    @Test
    void message_that_only_an_alternate_exchange_of_a_policy_takes_is_not_left_out()
            throws Exception {
        var source = filled("sent-on", 1, Map.of());
        var target = queue("sent-on-target", Map.of());
        declare("policed-shop", "direct", Map.of());
        declare("shop-fallback", "fanout", Map.of());
        bind(target, "shop-fallback", "");
        alternateByPolicy("policed-shop", "shop-fallback");
        try (var transfer = transfer(source)) {
            var batch = outgoing(all(source), "exchange:policed-shop/k");
            assertThat(transfer.rehearse(batch)).isEmpty();
            assertThat(transfer.send(batch)).allMatch(TransferEvent.Sent.class::isInstance);
        }
        assertThat(peeked(target)).containsExactly("m-0");

        // Who may not see policies cannot tell that nobody would get it.
        var settings = rabbit.user(".*", ".*", ".*");
        rabbit.manage(
                "PUT",
                "/users/" + settings.get("username").orElseThrow(),
                "{\"password\":\"secret\",\"tags\":\"management\"}");
        try (var without = open(settings);
                var transfer = without.transfer(new TransferPlan("job", source, PROFILE))) {
            assertThat(without.queues()).extracting(QueueInfo::ref).contains(source, target);
            assertThat(transfer.rehearse(outgoing(all(source), "exchange:policed-shop/k")))
                    .isEmpty();
        }

        // What the exchange itself says beats the policy.
        declare("own-way", "direct", Map.of("alternate-exchange", "not-there"));
        alternateByPolicy("own-way", "shop-fallback");
        try (var fresh = open(rabbit.settings());
                var transfer = fresh.transfer(new TransferPlan("job", source, PROFILE))) {
            assertThat(transfer.rehearse(outgoing(all(source), "exchange:own-way/k"))).hasSize(1);
        }
    }

    @Test
    void by_a_policy_of_the_brokers_operator() throws Exception {
        var dead = queue("graveyard", Map.of());
        var source = queue("operated-source", Map.of());
        rabbit.manage(
                "PUT",
                "/policies/%2F/dies",
                "{\"pattern\":\"^operated-source\",\"apply-to\":\"queues\",\"definition\":"
                        + "{\"dead-letter-exchange\":\"\",\"dead-letter-routing-key\":\"%s\"}}"
                                .formatted(dead.name()));
        rabbit.manage(
                "PUT",
                "/operator-policies/%2F/expires",
                "{\"pattern\":\"^operated-source\",\"apply-to\":\"queues\",\"definition\":"
                        + "{\"message-ttl\":60000}}");

        feeds(dead, source);
        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(info(source).vanishesAfter())
                                        .isEqualTo(Duration.ofMinutes(1)));
    }

    @Test
    void queue_from_which_messages_die_back_after_a_while_is_for_retries() throws Exception {
        var main = newName("main");
        var retry =
                queue(
                        "later",
                        Map.of(
                                "x-dead-letter-exchange",
                                "",
                                "x-dead-letter-routing-key",
                                main,
                                "x-message-ttl",
                                60_000));
        rabbit.createQueue(
                main,
                Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", retry.name()));

        Awaitility.await()
                .untilAsserted(
                        () -> {
                            assertThat(info(retry).role()).isEqualTo(QueueRole.RETRY);
                            assertThat(info(retry).vanishesAfter())
                                    .isEqualTo(Duration.ofMinutes(1));
                        });
    }

    @Test
    void names_tell_where_nothing_else_does() {
        for (var name :
                List.of(
                        "orders_error",
                        "orders_skipped",
                        "error",
                        "error.orders",
                        "orders.dlq",
                        "EasyNetQ_Default_Error_Queue",
                        "dead-letter",
                        "orders.retry.dlq",
                        "delayed-payments_error",
                        "x.parking-lot")) {
            assertThat(QueueNames.role(name)).as(name).isEqualTo(QueueRole.DEAD_LETTER);
        }
        for (var name : List.of("orders", "terror", "mirrors", "errands", "delayedness")) {
            assertThat(QueueNames.role(name)).as(name).isEqualTo(QueueRole.UNKNOWN);
        }
        assertThat(QueueNames.role("orders.retry")).isEqualTo(QueueRole.RETRY);
    }

    /// By the rule of 4.0, which knows -1.
    @ParameterizedTest
    @CsvSource({
        "7, , 7",
        ", 5, 5",
        "7, 5, 5",
        "5, 7, 5",
        "-1, , -1",
        "-1, 5, 5",
        "7, -1, 7",
        "-1, -1, -1"
    })
    void delivery_limit_is_what_argument_and_policy_mean_together(
            @Nullable Integer argument, @Nullable Integer policy, int limit) throws Exception {
        var json =
                "{\"arguments\":{%s},\"effective_policy_definition\":{%s}}"
                        .formatted(
                                argument == null ? "" : "\"x-delivery-limit\":" + argument,
                                policy == null ? "" : "\"delivery-limit\":" + policy);
        assertThat(new QueueFacts(new ObjectMapper().readTree(json), true).deliveryLimit())
                .hasValue(limit);
    }

    @Test
    void without_the_management_api_the_named_queues_are_there() throws Exception {
        var dead = filled("named-dlq", 4, Map.of());
        try (var plain =
                open(
                        rabbit.settings()
                                .with("managementUrl", "none")
                                .with("queues", dead.name() + ", not-there"))) {
            assertThat(plain.queues()).extracting(QueueInfo::ref).containsExactly(dead);
            assertThat(plain.queue(dead).depth().value()).isEqualTo(4);
            assertThat(plain.capabilities(dead).moveOnServer()).isFalse();
            assertThat(all(plain, dead)).hasSize(4);
            assertThat(plain.consumers()).isEmpty();
            assertThat(step(plain, RabbitChecks.MANAGEMENT).state()).isEqualTo(State.SKIPPED);
        }
        try (var silent = open(rabbit.settings().with("managementUrl", "http://127.0.0.1:9"))) {
            assertThat(step(silent, RabbitChecks.MANAGEMENT).remedy())
                    .isEqualTo(new Remedy.Edit("managementUrl"));
        }
    }
}
