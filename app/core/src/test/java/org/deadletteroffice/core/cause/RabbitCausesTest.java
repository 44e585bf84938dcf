package org.deadletteroffice.core.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.core.cause.Letters.letter;
import static org.deadletteroffice.core.cause.Letters.text;

import java.time.Instant;
import java.util.List;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;

/// Headers as RabbitMQ and the frameworks on it write them, in the connector's form.
class RabbitCausesTest {
    /// Seen on a 3.10 node: rejected three times, with a retry queue between, and then for good.
    private static final String DEATHS =
            """
            [{"count":3,"exchange":"shop","queue":"orders","reason":"rejected",\
            "routing-keys":["created"],"time":{"!T":1769760000}},\
            {"count":2,"exchange":"","queue":"orders.retry","reason":"expired",\
            "routing-keys":["orders.retry"],"time":{"!T":1769760005}}]""";

    private static final Header[] BROKER = {
        text("x-death", DEATHS),
        text("x-first-death-exchange", "shop"),
        text("x-first-death-queue", "orders"),
        text("x-first-death-reason", "rejected"),
        text("amqp-exchange", "dlx"),
        text("amqp-routing-key", "created"),
        text("amqp-types", "{\"x-death\":\"A\"}")
    };

    private final Causes causes = Causes.standard();

    private Failure read(Header... headers) {
        return causes.read(letter("{}", headers));
    }

    @Test
    void the_brokers_own_account() {
        var failure = read(BROKER);

        assertThat(failure.reader()).isEqualTo("RabbitMQ");
        assertThat(failure.type()).isEqualTo("rejected");
        assertThat(failure.message()).isEqualTo("Rejected by a consumer of orders");
        assertThat(failure.origin().queue()).isEqualTo("orders");
        assertThat(failure.tries()).isEqualTo(3);
        assertThat(failure.firstDeath()).isEqualTo(Instant.ofEpochSecond(1769760000));
        assertThat(failure.history())
                .extracting(Failure::message)
                .containsExactly(
                        "Rejected by a consumer of orders, 2 times",
                        "Expired in orders.retry, 2 times");
        assertThat(failure.history()).extracting(Failure::tries).containsExactly(2, null);
    }

    /// The broker tells the time of the first death of each queue and reason only.
    @Test
    void of_several_deaths_the_last_is_not_known() {
        var failure = read(BROKER);

        assertThat(failure.lastDeath()).isNull();
        assertThat(failure.latestDeath()).isEqualTo(Instant.ofEpochSecond(1769760005));
        assertThat(failure.history()).extracting(Failure::lastDeath).containsOnlyNulls();
        assertThat(failure.history())
                .extracting(DeathWords::earlier)
                .containsExactly(
                        "Rejected by a consumer of orders, 2 times from then on",
                        "Expired in orders.retry, 2 times from then on");
    }

    /// A retry queue of less than a second; times are whole seconds.
    @Test
    void of_deaths_in_one_second_the_one_that_the_broker_calls_the_first_comes_first() {
        var failure =
                read(
                        text("x-death", DEATHS.replace("1769760005", "1769760000")),
                        text("x-first-death-queue", "orders"),
                        text("x-first-death-reason", "rejected"));

        assertThat(failure.history())
                .extracting(Failure::type)
                .containsExactly("rejected", "expired");
    }

    @Test
    void each_reason_is_told_in_words() {
        var failure =
                read(
                        text(
                                "x-death",
                                """
                                [{"count":1,"queue":"d","reason":"delivery_limit","time":{"!T":1769760300}},\
                                {"count":1,"queue":"c","reason":"maxlen","time":{"!T":1769760200}},\
                                {"count":1,"queue":"b","reason":"expired","time":{"!T":1769760100}},\
                                {"count":1,"queue":"a","reason":"rejected","time":{"!T":1769760000}}]"""));

        assertThat(failure.history())
                .extracting(DeathWords::earlier)
                .containsExactly(
                        "Rejected by a consumer of a",
                        "Expired in b",
                        "Pushed out by newer messages in c");
        assertThat(failure.history())
                .extracting(DeathWords::time)
                .containsExactly(
                        Instant.ofEpochSecond(1769760000),
                        Instant.ofEpochSecond(1769760100),
                        Instant.ofEpochSecond(1769760200));
        assertThat(DeathWords.of(failure, "came back")).isEqualTo("Delivered too often in d");
        assertThat(failure.lastDeath()).isEqualTo(Instant.ofEpochSecond(1769760300));
        assertThat(DeathWords.simple("delivery_limit")).isEqualTo("delivery limit");
        assertThat(DeathWords.simple("maxlen")).isEqualTo("max length");
    }

    @Test
    void a_message_that_died_on_from_a_dead_letter_queue_goes_home_to_its_first() {
        var failure =
                read(
                        text(
                                "x-death",
                                """
                                [{"count":1,"queue":"orders.dlq","reason":"expired","time":{"!T":1769760100}},\
                                {"count":1,"queue":"orders","reason":"maxlen","time":{"!T":1769760000}}]"""));

        assertThat(failure.type()).isEqualTo("expired");
        assertThat(failure.origin().queue()).isEqualTo("orders");
        assertThat(failure.tries()).isNull();
        assertThat(failure.history())
                .extracting(Failure::message)
                .containsExactly("Pushed out by newer messages in orders");
    }

    @Test
    void what_is_no_account_of_the_brokers_tells_nothing() {
        for (var odd : List.of("", "[]", "{}", "[1,null,\"x\"]", "rejected", "[{}", "[[[[")) {
            assertThat(read(text("x-death", odd)).isKnown()).as(odd).isFalse();
        }
        assertThat(read(text("x-death", "[{}]")).type()).isEqualTo("unknown");
    }

    @Test
    void a_celery_task_names_itself_and_its_retries() {
        var failure =
                read(
                        text(
                                "x-death",
                                "[{\"queue\":\"celery\",\"reason\":\"rejected\",\"count\":1}]"),
                        text("task", "shop.tasks.charge"),
                        text("root_id", "6f1c"),
                        text("retries", "2"));

        assertThat(failure.consumer()).isEqualTo("shop.tasks.charge");
        assertThat(failure.tries()).isEqualTo(3);
    }

    @Test
    void spring_amqp_says_more_than_the_broker() {
        var trace =
                """
                org.springframework.amqp.rabbit.support.ListenerExecutionFailedException: Listener method threw exception
                \tat org.springframework.amqp.rabbit.listener.adapter.MessagingMessageListenerAdapter.invokeHandler(MessagingMessageListenerAdapter.java:287)
                Caused by: com.shop.PaymentException: Card 4711 declined
                \tat com.shop.Payments.charge(Payments.java:88)
                """;
        var failure =
                read(
                        text("x-death", DEATHS),
                        text("x-exception-message", "Card 4711 declined"),
                        text("x-exception-stacktrace", trace),
                        text("x-original-exchange", "shop"),
                        text("x-original-routingKey", "created"));

        assertThat(failure.reader()).isEqualTo("Spring AMQP");
        assertThat(failure.type()).isEqualTo("com.shop.PaymentException");
        assertThat(failure.message()).isEqualTo("Card 4711 declined");
        assertThat(failure.origin().queue()).isEqualTo("exchange:shop/created");
        // Three rejections and two expiries, each told once, oldest first.
        assertThat(failure.history())
                .extracting(DeathWords::earlier)
                .containsExactly(
                        "Rejected by a consumer of orders, 2 times from then on",
                        "Expired in orders.retry, 2 times from then on",
                        "Rejected by a consumer of orders");
        assertThat(failure.history()).extracting(Failure::tries).containsExactly(2, null, 1);
        assertThat(failure.history())
                .extracting(DeathWords::time)
                .containsExactly(
                        Instant.ofEpochSecond(1769760000), Instant.ofEpochSecond(1769760005), null);
    }

    @Test
    void mass_transit_fault_and_skipped_message() {
        var fault =
                read(
                        text("MT-Reason", "fault"),
                        text("MT-Fault-ExceptionType", "Shop.PaymentException"),
                        text("MT-Fault-Message", "Card declined"),
                        text("MT-Fault-StackTrace", "   at Shop.Payments.Charge() in P.cs:line 8"),
                        text("MT-Fault-Timestamp", "2026-01-30T08:00:00.0000000Z"),
                        text("MT-Fault-ConsumerType", "Shop.OrderConsumer"),
                        text("MT-Fault-InputAddress", "rabbitmq://rabbit/shop/orders?durable=true"),
                        text("MT-Fault-RetryCount", "4"));

        assertThat(fault.reader()).isEqualTo("MassTransit");
        assertThat(fault.type()).isEqualTo("Shop.PaymentException");
        assertThat(fault.origin().queue()).isEqualTo("orders");
        assertThat(fault.consumer()).isEqualTo("Shop.OrderConsumer");
        assertThat(fault.tries()).isEqualTo(5);
        assertThat(fault.lastDeath()).isEqualTo(Instant.parse("2026-01-30T08:00:00Z"));

        var skipped = read(text("MT-Reason", "dead-letter"));
        assertThat(skipped.type()).isEqualTo("dead-letter");
        assertThat(skipped.message()).isEqualTo("No consumer took it.");
    }

    @Test
    void n_service_bus_error_queue() {
        var failure =
                read(
                        text("NServiceBus.FailedQ", "orders@HOST1"),
                        text("NServiceBus.TimeOfFailure", "2026-01-30 08:00:00:123456 Z"),
                        text("NServiceBus.ExceptionInfo.ExceptionType", "Shop.PaymentException"),
                        text("NServiceBus.ExceptionInfo.Message", "Card declined"),
                        text("NServiceBus.ProcessingEndpoint", "Shop.Orders"));

        assertThat(failure.reader()).isEqualTo("NServiceBus");
        assertThat(failure.type()).isEqualTo("Shop.PaymentException");
        assertThat(failure.origin().queue()).isEqualTo("orders");
        assertThat(failure.lastDeath()).isEqualTo(Instant.parse("2026-01-30T08:00:00.123456Z"));
    }

    @Test
    void what_tells_of_the_death_goes_and_what_is_the_messages_own_stays() {
        var headers =
                new Headers(
                        List.of(
                                text("x-death", DEATHS),
                                text("x-last-death-queue", "orders"),
                                text("x-exception-message", "m"),
                                text("x-original-routingKey", "created"),
                                text("MT-Reason", "fault"),
                                text("MT-Host-MachineName", "web1"),
                                text("NServiceBus.FailedQ", "orders"),
                                text("NServiceBus.ExceptionInfo.Data.Id", "7"),
                                text("NServiceBus.EnclosedMessageTypes", "Shop.Order"),
                                text("x-trace", "1"),
                                text("amqp-content-type", "application/json")));

        assertThat(causes.failureHeaders(headers))
                .containsExactly(
                        "x-death",
                        "x-last-death-queue",
                        "x-exception-message",
                        "x-original-routingKey",
                        "MT-Reason",
                        "MT-Host-MachineName",
                        "NServiceBus.FailedQ",
                        "NServiceBus.ExceptionInfo.Data.Id");
    }
}
