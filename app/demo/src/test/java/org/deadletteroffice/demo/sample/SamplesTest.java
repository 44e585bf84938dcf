package org.deadletteroffice.demo.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Stream;
import org.deadletteroffice.core.cause.Causes;
import org.deadletteroffice.core.decode.Decoders;
import org.deadletteroffice.core.schema.Schemas;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What the engine sees in each sample.
class SamplesTest {
    private static final Instant DIED = Instant.parse("2026-11-20T08:15:30Z");

    @TempDir static Path schemas;
    private static Decoders decoders;

    @BeforeAll
    static void open() {
        Samples.writeSchemas(schemas);
        decoders =
                Decoders.standard()
                        .with(
                                Schemas.of(
                                        new Settings(
                                                Map.of("schemaFolder", schemas.toString()),
                                                Map.of())));
    }

    @TestFactory
    Stream<DynamicTest> each_is_decoded() {
        return Samples.all().stream()
                .map(
                        sample ->
                                DynamicTest.dynamicTest(
                                        sample.name(),
                                        () ->
                                                assertThat(decoded(sample).format())
                                                        .isEqualTo(sample.format())));
    }

    @TestFactory
    Stream<DynamicTest> each_tells_its_cause() {
        return Samples.all().stream()
                .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> tells(sample)));
    }

    private static void tells(Sample sample) {
        var failure = failure(sample);
        var trouble = sample.trouble();
        switch (sample.style()) {
            // The broker knows of no exception, a contract of its rule.
            case SHARE_GROUP ->
                    assertThat(failure.message()).isEqualTo("Delivery count limit reached");
            case DATA_CONTRACT -> assertThat(failure.type()).isEqualTo("rule checkVatNumber");
            default -> assertThat(failure.type()).isIn(trouble.type(), trouble.root());
        }
        assertThat(failure.reader()).isEqualTo(sample.style().reader());
        assertThat(failure.origin().queue()).isEqualTo(Samples.ORIGIN);
    }

    @Test
    void stack_traces_of_six_languages_are_read_to_the_first_thing_that_was_thrown() {
        for (var trouble : Trouble.values()) {
            var sample = Sample.of("any", "json", "{}", trouble);
            assertThat(failure(sample).type()).as(trouble.name()).isEqualTo(trouble.root());
        }
    }

    @Test
    void every_style_and_language_is_among_them_and_no_name_twice() {
        var all = Samples.all();
        assertThat(all.stream().map(Sample::style).collect(toSet()))
                .containsExactlyInAnyOrder(FailureStyle.values());
        assertThat(all.stream().map(Sample::trouble).collect(toSet()))
                .containsExactlyInAnyOrder(Trouble.values());
        assertThat(all.stream().map(Sample::name)).doesNotHaveDuplicates();
    }

    private static Decoded decoded(Sample sample) {
        return decoders.decode(sample.payload(), letter(sample).headers(), null).decoded();
    }

    private static Failure failure(Sample sample) {
        return Causes.standard().read(letter(sample));
    }

    private static DeadLetter letter(Sample sample) {
        var headers = new ArrayList<Header>();
        Samples.headers(sample, 7, DIED)
                .forEach(header -> headers.add(new Header(header.key(), header.value())));
        return new DeadLetter(
                new QueueRef("demo-kafka", Samples.DEAD_LETTERS, QueueKind.TOPIC),
                new MessageId("0-7"),
                sample.name().getBytes(UTF_8),
                sample.payload(),
                new Headers(headers),
                DIED,
                null,
                Failure.NONE,
                null);
    }
}
