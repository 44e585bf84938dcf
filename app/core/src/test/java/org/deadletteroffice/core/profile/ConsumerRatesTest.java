package org.deadletteroffice.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.fixtures.ForwardingConnector;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.MemoryConnector;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What consumers' rates are waited for: those that nobody tells.
@Timeout(60)
class ConsumerRatesTest {
    /// Longer than any test may take.
    private static final Duration AGES = Duration.ofHours(1);

    @TempDir Path home;
    private final MemoryBroker broker = MemoryBroker.named("r-" + UUID.randomUUID());
    private final Told told = new Told();
    private Engine engine;

    /// Memory, with readers as a test has them told.
    private static final class Told extends ForwardingConnector {
        private final AtomicInteger looks = new AtomicInteger();
        private volatile UnaryOperator<ConsumerInfo> as = UnaryOperator.identity();

        Told() {
            super(new MemoryConnector());
        }

        @Override
        protected @Nullable Object on(Call call) throws Throwable {
            var result = call.make();
            if (!call.name().equals("consumers") || !(result instanceof List<?> readers)) {
                return result;
            }
            looks.incrementAndGet();
            return readers.stream().map(ConsumerInfo.class::cast).map(as).toList();
        }
    }

    @BeforeEach
    void open() throws Exception {
        broker.createLog("orders").send("orders", MemoryMessage.of("one"), MemoryMessage.of("two"));
        broker.consume("orders", "billing", 1);
        engine = Engine.open(new EngineOptions(home, Clock.systemUTC(), List.of(told)));
        var profile = Profile.of("here", "memory", Environment.STAGING, broker.settings().values());
        engine.profiles().save(profile, Map.of());
    }

    @AfterEach
    void close() {
        engine.close();
        broker.close();
    }

    private static ConsumerInfo with(
            ConsumerInfo reader,
            @Nullable Long lag,
            @Nullable Double rate,
            @Nullable Double growth) {
        return new ConsumerInfo(
                reader.group(),
                reader.kind(),
                reader.state(),
                reader.members(),
                reader.queue(),
                lag,
                rate,
                growth,
                reader.partitions(),
                reader.note());
    }

    @Test
    void rates_that_the_broker_tells_are_not_waited_for() throws Exception {
        told.as = reader -> with(reader, reader.lag(), 4.0, -1.5);

        assertThat(engine.brokers().consumers("here", AGES))
                .extracting(ConsumerInfo::rate, ConsumerInfo::growth)
                .containsExactly(tuple(4.0, -1.5));
        assertThat(told.looks).hasValue(1);
    }

    @Test
    void rates_that_nobody_tells_are_what_two_looks_differ_by() throws Exception {
        assertThat(engine.brokers().consumers("here", Duration.ofMillis(20)))
                .singleElement()
                .satisfies(
                        reader -> {
                            assertThat(reader.rate()).isNotNull();
                            assertThat(reader.growth()).isNotNull();
                        });
        assertThat(told.looks).hasValue(2);
    }

    @Test
    void one_rate_that_is_not_told_is_waited_for() throws Exception {
        told.as = reader -> with(reader, reader.lag(), 4.0, reader.growth());

        assertThat(engine.brokers().consumers("here", Duration.ofMillis(20)))
                .singleElement()
                .satisfies(reader -> assertThat(reader.growth()).isNotNull());
    }

    @Test
    void nothing_is_waited_for_where_no_reader_has_a_lag() throws Exception {
        told.as = reader -> with(reader, null, null, null);

        assertThat(engine.brokers().consumers("here", AGES)).hasSize(1);
        assertThat(told.looks).hasValue(1);
    }

    @Test
    void no_window_is_no_second_look() throws Exception {
        assertThat(engine.brokers().consumers("here", Duration.ZERO))
                .singleElement()
                .satisfies(reader -> assertThat(reader.rate()).isNull());
        assertThat(told.looks).hasValue(1);
    }
}
