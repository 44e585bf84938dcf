package org.deadletteroffice.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.deadletteroffice.fixtures.QueueSpec;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.profile.Check.State;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.junit.jupiter.api.Test;

/// The profile, the diagnosis, and what can be seen without opening a queue.
abstract class ConnectionContract extends ContractBase {
    @Test
    final void names_itself_shortly_and_asks_for_fields_with_stable_names() {
        assertThat(connector.kind()).matches("[a-z][a-z0-9]*");
        assertThat(connector.displayName()).isNotBlank();
        assertThat(connector.schema().fields()).isNotEmpty();
        assertThat(connector.schema().names()).allMatch(name -> name.matches("[a-z][a-zA-Z0-9]*"));
        assertThat(connector.schema().validate(fixture.settings())).isEmpty();
    }

    @Test
    final void refuses_to_open_what_its_schema_refuses() {
        assertThat(connector.schema().validate(Settings.EMPTY)).isNotEmpty();
        assertThatThrownBy(() -> open(Settings.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> open(fixture.settings().with("noSuchField", "1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    final void pasted_nonsense_is_not_understood_and_never_throws() {
        for (var text : List.of("", "\0", "Dear sir or madam", "=\n=\n:::", "x".repeat(100_000))) {
            assertThatCode(() -> assertThat(connector.paste(text)).isEmpty())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    final void diagnosis_announces_its_steps_in_order_and_ends_each() throws Exception {
        var told = new ArrayList<Check>();
        connection.checks(told::add);

        var steps = new LinkedHashMap<String, Check>();
        told.forEach(check -> steps.put(check.name(), check));
        assertThat(told.subList(0, steps.size()))
                .allMatch(check -> check.state() == State.WAITING)
                .extracting(Check::name)
                .containsExactlyElementsOf(steps.keySet());
        assertThat(steps.values())
                .extracting(Check::state)
                .isSubsetOf(State.PASSED, State.WARNING, State.SKIPPED)
                .contains(State.PASSED);
    }

    @Test
    final void wrong_password_is_told_apart_and_never_shown() throws Exception {
        assertThat(fixture.settingsWithWrongPassword().isPresent())
                .isEqualTo(has(Behavior.SIGN_IN));
        if (!has(Behavior.SIGN_IN)) {
            return;
        }
        var settings = fixture.settingsWithWrongPassword().orElseThrow();
        try (var stranger = open(settings)) {
            assertThatThrownBy(stranger::queues)
                    .isInstanceOf(BrokerException.NotAuthenticated.class)
                    .satisfies(
                            wrong ->
                                    assertThat(everyWordOf(wrong))
                                            .doesNotContain(revealed(settings)));
            var steps = lastStates(stranger);
            assertThat(steps.values()).extracting(Check::state).contains(State.FAILED);
            var failed =
                    steps.values().stream()
                            .filter(check -> check.state() == State.FAILED)
                            .findFirst()
                            .orElseThrow();
            assertThat(failed.remedy()).isInstanceOf(Remedy.Edit.class);
            assertThat(failed.detail()).isNotBlank();
            assertThat(List.copyOf(steps.values()).getLast().state()).isEqualTo(State.SKIPPED);
        }
    }

    private static List<String> revealed(Settings settings) {
        return settings.secrets().values().stream().map(Secret::reveal).toList();
    }

    private static String everyWordOf(Throwable thrown) {
        var words = new StringBuilder();
        for (Throwable next = thrown; next != null; next = next.getCause()) {
            words.append(next);
            if (next instanceof BrokerException broker) {
                words.append(broker.remedy());
            }
        }
        return words.toString();
    }

    static Map<String, Check> lastStates(BrokerConnection connection) throws BrokerException {
        var steps = new LinkedHashMap<String, Check>();
        connection.checks(check -> steps.put(check.name(), check));
        return steps;
    }

    @Test
    final void lists_queues_by_name_with_what_they_hold() throws Exception {
        var full = filled(5, mostPartitions());
        var empty = newQueue();

        var queues = connection.queues();

        assertThat(queues).extracting(QueueInfo::ref).contains(full, empty);
        assertThat(queues).extracting(info -> info.ref().name()).isSorted();
        var info = connection.queue(full);
        assertThat(info.partitions()).isEqualTo(mostPartitions());
        assertCounts(info.depth(), 5);
        assertCounts(connection.queue(empty).depth(), 0);
        if (has(Behavior.TIMESTAMPS) && info.oldest() != null) {
            assertThat(info.oldest()).isEqualTo(FIRST);
        }
        assertThat(connection.queue(empty).oldest()).isNull();
    }

    static void assertCounts(Count count, long truth) {
        switch (count.precision()) {
            case EXACT -> assertThat(count.value()).isEqualTo(truth);
            case AT_MOST -> assertThat(count.value()).isGreaterThanOrEqualTo(truth);
            case AT_LEAST -> assertThat(count.value()).isLessThanOrEqualTo(truth);
            case APPROXIMATE -> assertThat(count.value()).isNotNegative();
        }
    }

    @Test
    final void rate_is_seen_while_messages_arrive_where_the_broker_counts() throws Exception {
        var queue = filled(3, 1);
        try (var fresh = open(fixture.settings())) {
            // The first look; a broker that tells rates by itself may tell one at once.
            assertThat(fresh.queue(queue).inRate()).matches(rate -> rate == null || rate >= 0);
            if (!has(Behavior.RATES)) {
                fixture.seed(queue.name(), numbered(3, 10, 1));
                assertThat(fresh.queue(queue).inRate()).isNull();
                return;
            }
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .atMost(Duration.ofSeconds(60))
                    .until(
                            () -> {
                                fixture.seed(queue.name(), numbered(3, 10, 1));
                                return fresh.queue(queue).inRate();
                            },
                            rate -> rate != null && rate > 0);
        }
    }

    @Test
    final void queue_made_anew_under_its_name_is_another_where_the_broker_can_tell()
            throws Exception {
        var queue = newQueue();
        var before = connection.queue(queue).identity();
        fixture.deleteQueue(queue.name());
        newQueue(QueueSpec.of(queue.name()));
        var after = connection.queue(queue).identity();

        if (has(Behavior.IDENTITY)) {
            assertThat(after).isNotEqualTo(before);
        } else {
            assertThat(List.of(before, after)).containsOnly(queue.name());
        }
    }

    @Test
    final void unknown_queue_is_not_found_by_any_call_and_not_made_by_looking() throws Exception {
        var unknown = ref(newName());

        assertNotFound(() -> connection.queue(unknown), unknown);
        assertNotFound(() -> connection.capabilities(unknown), unknown);
        assertNotFound(() -> connection.browse(unknown), unknown);
        assertNotFound(() -> connection.scan(unknown, Cursor.oldest(), Cursor.newest()), unknown);
        assertNotFound(() -> connection.snapshot(unknown), unknown);
        assertNotFound(() -> connection.fetch(unknown, List.of(new MessageId("0-0"))), unknown);
        assertThat(connection.queues()).extracting(QueueInfo::ref).doesNotContain(unknown);
    }

    private static void assertNotFound(ThrowingCallable call, QueueRef queue) {
        assertThatThrownBy(call)
                .isInstanceOf(BrokerException.NotFound.class)
                .hasMessageContaining(queue.name());
    }

    @Test
    final void consumers_lag_is_what_they_have_not_read() throws Exception {
        var queue = filled(10, mostPartitions());
        var group = "group-of-" + queue.name();
        fixture.consume(queue.name(), group, 4);

        var rows =
                connection.consumers().stream().filter(row -> row.queue().equals(queue)).toList();

        if (!has(Behavior.CONSUMERS)) {
            assertThat(rows).isEmpty();
            return;
        }
        assertThat(rows).extracting(ConsumerInfo::group).containsExactly(group);
        var row = rows.getFirst();
        assertThat(row.lag()).isEqualTo(6);
        assertThat(row.rate()).isNull();
        var summed =
                row.partitions().stream().mapToLong(one -> one.lag() == null ? 0 : one.lag()).sum();
        assertThat(summed).isEqualTo(6);
    }

    @Test
    final void queue_that_may_not_be_read_is_listed_and_refused() throws Exception {
        var queue = filled(3, 1);
        var settings = fixture.settingsWithoutRead(queue.name());
        assertThat(settings.isPresent()).isEqualTo(has(Behavior.RIGHTS));
        if (settings.isEmpty()) {
            return;
        }
        try (var reader = open(settings.get())) {
            assertThat(reader.queues()).extracting(QueueInfo::ref).contains(queue);
            assertThatThrownBy(
                            () -> {
                                try (var browse = reader.browse(queue)) {
                                    browse.page(Cursor.oldest(), Direction.NEWER, 10);
                                }
                            })
                    .isInstanceOf(BrokerException.NotAuthorized.class)
                    .satisfies(ConnectionContract::saysWhatToAskFor);
            assertThatThrownBy(
                            () -> {
                                try (var scan =
                                        reader.scan(queue, Cursor.oldest(), Cursor.newest())) {
                                    scan.next();
                                }
                            })
                    .isInstanceOf(BrokerException.NotAuthorized.class);
        }
    }

    static void saysWhatToAskFor(Throwable refused) {
        assertThat(refused)
                .isInstanceOfSatisfying(
                        BrokerException.class,
                        broker -> assertThat(broker.remedy()).isInstanceOf(Remedy.Grant.class));
    }

    @Test
    final void capabilities_are_what_the_behaviors_say() throws Exception {
        var claims = connection.capabilities(newQueue());

        assertThat(claims.pageBackwards()).isEqualTo(has(Behavior.PAGE_BACKWARDS));
        assertThat(claims.seekByTime()).isEqualTo(has(Behavior.SEEK_BY_TIME));
        assertThat(claims.seekById()).isEqualTo(has(Behavior.SEEK_BY_ID));
        assertThat(claims.removeOne()).isEqualTo(has(Behavior.REMOVE_ONE));
        assertThat(claims.keepsMessages()).isEqualTo(has(Behavior.KEEPS_MESSAGES));
        assertThat(claims.purge()).isEqualTo(has(Behavior.PURGE));
        assertThat(claims.moveOnServer()).isEqualTo(has(Behavior.MOVE_ON_SERVER));
        assertThat(claims.ordered()).isEqualTo(has(Behavior.ORDERED));
        assertThat(claims.guarantee() == Guarantee.EXACTLY_ONCE)
                .isEqualTo(has(Behavior.EXACTLY_ONCE));
    }

    @Test
    final void closed_connection_refuses_in_its_own_words() {
        var closed = open(fixture.settings());
        closed.close();
        closed.close();

        assertThatThrownBy(closed::queues).isInstanceOf(BrokerException.Cancelled.class);
    }
}
