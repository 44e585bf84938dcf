package org.deadletteroffice.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.memory.SampleDeadLetters.INVOICES_DLQ;
import static org.deadletteroffice.memory.SampleDeadLetters.MAILS_DLQ;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;
import static org.deadletteroffice.ui.DesktopExtension.PRODUCTION;
import static org.deadletteroffice.ui.DesktopExtension.PROFILE;

import java.util.List;
import javafx.scene.input.KeyCode;
import org.deadletteroffice.memory.Flavour;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.MemoryMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DesktopExtension.class)
class TriageTest {
    @Test
    void reads_a_message_from_cause_to_history(Desktop desk) {
        desk.openQueue(PROFILE, ORDERS_DLT).select(2).shows("OutOfStockException");
        desk.screenshots("triage");
        desk.tab("headers").shows("kafka_dlt-original-topic").screenshots("inspect-headers");
        desk.tab("failure").shows("Stack trace").screenshots("inspect-failure");
        desk.tab("history").shows("consumed by").screenshots("inspect-history");
        desk.tab("payload").size(1280, 720).screenshots("triage-small");
    }

    @Test
    void deaths_that_the_broker_counted_are_told_by_queue_with_count_and_time(
            Desktop desk, MemoryBroker broker) {
        broker.createLog("payments.DLT")
                .send(
                        "payments.DLT",
                        MemoryMessage.of("{}")
                                .plus(
                                        "x-death",
                                        """
                                        [{"count":3,"queue":"payments","reason":"rejected","time":{"!T":1769760000}},\
                                        {"count":2,"queue":"payments.retry","reason":"expired","time":{"!T":1769760005}},\
                                        {"count":1,"queue":"intake","reason":"maxlen","time":{"!T":1769759000}}]""")
                                .plus("x-first-death-queue", "intake")
                                .plus("x-first-death-reason", "maxlen"));
        desk.openQueue(PROFILE, "payments.DLT").select(0);
        desk.tab("history")
                .shows("Pushed out by newer messages in intake")
                .shows("Rejected by a consumer of payments, 2 times from then on")
                .shows("Expired in payments.retry, 2 times from then on")
                .screenshots("inspect-history-rabbitmq");
        desk.tab("failure").shows("Earlier deaths").screenshots("inspect-failure-rabbitmq");
    }

    @Test
    void what_the_queues_header_says_and_offers_is_seen_whole_in_a_narrow_window_too(
            Desktop desk, MemoryBroker broker) {
        broker.create("returns.dlq", Flavour.COUNTING_QUEUE, 1, Integer.MAX_VALUE)
                .send("returns.dlq", MemoryMessage.of("one"), MemoryMessage.of("two"));
        desk.openQueue(PROFILE, "returns.dlq").shows("· Each look counts as a delivery.");
        for (var width : List.of(1440, 1280, 1060)) {
            desk.size(width, 800).screenshots("triage-cost-" + width);
            assertThat(desk.isWhole(".queue-from .label")).as("at %s", width).isTrue();
            assertThat(desk.isInSight(".queue-header .button")).as("at %s", width).isTrue();
        }
    }

    @Test
    void filters_by_words_by_expression_and_says_what_is_wrong(Desktop desk) {
        desk.openQueue(PROFILE, ORDERS_DLT);
        desk.fill("#filter", "cause.type.contains(\"SocketTimeout\")").press(KeyCode.ENTER);
        desk.shows("60 of 240").screenshots("triage-filtered");
        desk.fill("#filter", "cause.type == ").press(KeyCode.ENTER);
        desk.until("the filter's fault shows", () -> desk.has(".filter-problem .label"));
        desk.screenshots("triage-filter-wrong");
        desk.fill("#filter", "no such word anywhere").press(KeyCode.ENTER);
        desk.shows("No message matches").screenshots("triage-none");
        desk.click("Clear the filter").shows("240 messages");
    }

    @Test
    void a_period_is_chosen_in_the_bars_of_time(Desktop desk) {
        desk.openQueue(PROFILE, ORDERS_DLT).shows("Draw over a time");
        desk.clickOn("#time-brush .time-brush-bars").shows("Only 31 Jan");
        desk.showsNo("240 messages").screenshots("triage-period");
        int ofOneBar = desk.messageCount();
        desk.click("All times").shows("240 messages");
        desk.drag("#time-brush .time-brush-bars", 0.25, 0.75).showsNo("240 messages");
        desk.until("more than one bar", () -> desk.messageCount() > ofOneBar);
        assertThat(desk.messageCount()).isLessThan(240);
        desk.screenshots("triage-period-drawn");
        desk.click("All times").shows("240 messages");
    }

    @Test
    void selects_one_a_group_and_all(Desktop desk) {
        desk.openQueue(PROFILE, ORDERS_DLT).select(0).press(KeyCode.SPACE);
        desk.press(KeyCode.J).press(KeyCode.SPACE).shows("2 selected of 240");
        desk.press(KeyCode.A).shows("All 240 selected").screenshots("triage-all-selected");
        desk.press(KeyCode.ESCAPE).shows("240 messages");
        desk.group("SocketTimeoutException").shows("60 messages in this group");
        desk.screenshots("triage-group");
    }

    @Test
    void announces_new_messages_and_does_not_jump(Desktop desk, MemoryBroker broker) {
        desk.openQueue(PROFILE, ORDERS_DLT).select(1);
        int before = desk.messageCount();
        broker.send(ORDERS_DLT, MemoryMessage.of("late", "{\"orderId\":1}"));
        desk.shows("1 new");
        assertThat(desk.messageCount()).isEqualTo(before);
        desk.press(KeyCode.N).showsNo("1 new").shows("late");
    }

    @Test
    void shows_every_convention(Desktop desk) {
        desk.openQueue(PROFILE, INVOICES_DLQ).select(0).screenshots("triage-connect");
        desk.openQueue(PROFILE, MAILS_DLQ).select(0).screenshots("triage-plain");
    }

    @Test
    void asks_twice_on_production(Desktop desk) {
        desk.openQueue(PRODUCTION, ORDERS_DLT).group("SocketTimeoutException");
        desk.press(KeyCode.SHIFT, KeyCode.R).shows("Redrive 60 messages");
        desk.click("Rehearse").shows("would be sent");
        assertThat(desk.isEnabled("#go")).isFalse();
        desk.fill("#reason", "The gateway is back").screenshots("redrive-locked");
        desk.click("Unlock").fill("#typed-name", "orders").shows("To confirm");
        assertThat(desk.isEnabled("#go")).isFalse();
        desk.fill("#typed-name", ORDERS_DLT);
        desk.until("it may start", () -> desk.isEnabled("#go"));
        desk.screenshots("redrive-production");
        desk.size(1280, 720).screenshots("redrive-small");
    }
}
