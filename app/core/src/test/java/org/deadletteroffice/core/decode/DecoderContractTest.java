package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;

/// What every decoder promises. A new decoder extends this and says what its format looks like.
abstract class DecoderContractTest {
    /// A payload of the format.
    record Sample(String name, byte[] payload, Headers headers) {
        static Sample of(String name, String payload) {
            return new Sample(name, payload.getBytes(StandardCharsets.UTF_8), Headers.NONE);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// A sample whose text is edited.
    ///
    /// @param edit from the text to edit to the edited one
    record Edit(Sample sample, java.util.function.UnaryOperator<String> edit, byte[] expected) {}

    abstract PayloadDecoder decoder();

    abstract List<Sample> samples();

    abstract List<Edit> edits();

    /// Edited texts that cannot be the format; empty where every text can.
    abstract List<String> impossible();

    @Test
    final void has_a_name_that_an_operator_can_type() {
        assertThat(decoder().name()).matches("[a-z][a-z0-9-]*");
    }

    @Test
    final void recognises_its_samples_and_reads_them_without_error() {
        for (var sample : samples()) {
            var match = decoder().match(sample.payload(), sample.headers());
            var decoded = decoder().decode(sample.payload(), sample.headers(), Limits.STANDARD);

            assertThat(match.certainty()).as(sample.name()).isNotEqualTo(Certainty.NO);
            assertThat(match.reason()).as(sample.name()).isNotBlank();
            assertThat(IssueList.hasError(decoded))
                    .as("%s: %s", sample, decoded.issues())
                    .isFalse();
        }
    }

    @Test
    final void an_unedited_text_comes_back_as_the_same_bytes() throws EditException {
        for (var sample : samples()) {
            var text = decoder().editText(sample.payload(), sample.headers(), Limits.STANDARD);
            if (text.isPresent()) {
                assertThat(decoder().encode(text.get(), sample.payload(), sample.headers()))
                        .as(sample.name())
                        .isEqualTo(sample.payload());
            }
        }
    }

    @Test
    final void an_edited_text_comes_back_in_format_and_style() throws EditException {
        for (var edit : edits()) {
            var sample = edit.sample();
            var text =
                    decoder()
                            .editText(sample.payload(), sample.headers(), Limits.STANDARD)
                            .orElseThrow();

            assertThat(
                            decoder()
                                    .encode(
                                            edit.edit().apply(text),
                                            sample.payload(),
                                            sample.headers()))
                    .as(sample.name())
                    .isEqualTo(edit.expected());
        }
    }

    @Test
    final void refuses_an_edit_that_is_not_the_format_with_a_sentence() {
        for (var impossible : impossible()) {
            var sample = samples().getFirst();
            try {
                decoder().encode(impossible, sample.payload(), sample.headers());
                fail("'" + impossible + "' was encoded");
            } catch (EditException refused) {
                assertThat(refused.getMessage()).matches("(?s)[A-Z'].*[.]");
            }
        }
    }

    @Property(tries = 400)
    final void no_bytes_make_it_throw(
            @ForAll("hostile") byte[] payload, @ForAll("headers") Headers headers) {
        holds(payload, headers, Limits.STANDARD);
    }

    @Property(tries = 200)
    final void no_damage_to_a_sample_makes_it_throw(@ForAll Random random) {
        for (var sample : samples()) {
            holds(damaged(sample.payload(), random), sample.headers(), Limits.STANDARD);
            holds(damaged(sample.payload(), random), Headers.NONE, new Limits(200, 3, 10));
        }
    }

    private void holds(byte[] payload, Headers headers, Limits limits) {
        var before = payload.clone();
        var match = decoder().match(payload, headers);
        var decoded = decoder().decode(payload, headers, limits);
        assertThat(match).isNotNull();
        assertThat(decoded.format()).isNotBlank();
        assertThat(decoded.issues()).allMatch(issue -> !issue.sentence().isBlank());
        assertThat(depth(decoded)).isLessThanOrEqualTo(Decoders.WRAPPERS + 2);
        var text = decoder().editText(payload, headers, limits);
        if (text.isPresent()) {
            try {
                assertThat(decoder().encode(text.get(), payload, headers)).isEqualTo(before);
            } catch (EditException notWritable) {
                fail("text that it gave was refused: " + notWritable.getMessage());
            }
        }
        assertThat(payload).isEqualTo(before);
    }

    private static int depth(Decoded decoded) {
        return decoded instanceof Decoded.Wrapped wrapped ? 1 + depth(wrapped.inner()) : 1;
    }

    private static byte[] damaged(byte[] payload, Random random) {
        var copy = payload.clone();
        for (int i = random.nextInt(4); i > 0 && copy.length > 0; i--) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        }
        return random.nextBoolean() ? copy : Arrays.copyOf(copy, random.nextInt(copy.length + 1));
    }

    @Provide
    final Arbitrary<byte[]> hostile() {
        var bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        var text =
                Arbitraries.strings()
                        .ofMaxLength(200)
                        .map(it -> it.getBytes(StandardCharsets.UTF_8));
        var brackets =
                Arbitraries.strings()
                        .withChars("{}[]\",:0123456789.-eE \n\\utrfnx/*'#")
                        .ofMaxLength(200)
                        .map(it -> it.getBytes(StandardCharsets.UTF_8));
        var magic =
                Combinators.combine(
                                Arbitraries.of(
                                        new byte[] {0x1F, (byte) 0x8B, 8},
                                        new byte[] {0x78, (byte) 0x9C},
                                        new byte[] {0, 0, 0, 0, 41},
                                        new byte[] {1},
                                        new byte[] {3, 5},
                                        new byte[] {(byte) 0xFE, (byte) 0xFF},
                                        new byte[] {(byte) 0xFF, (byte) 0xFE},
                                        new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}),
                                bytes)
                        .as(
                                (begin, rest) -> {
                                    var all = Arrays.copyOf(begin, begin.length + rest.length);
                                    System.arraycopy(rest, 0, all, begin.length, rest.length);
                                    return all;
                                });
        return Arbitraries.oneOf(bytes, text, brackets, magic);
    }

    @Provide
    final Arbitrary<Headers> headers() {
        var types =
                Arbitraries.of(
                        "application/json",
                        "application/json; charset=UTF-16LE",
                        "text/plain; charset=iso-8859-1",
                        "text/plain; charset=nonsense",
                        "application/cloudevents+json",
                        "application/cloudevents-batch+json",
                        "application/cloudevents+avro",
                        "application/avro",
                        "application/x-protobuf",
                        ";;;=");
        var name =
                Arbitraries.of(
                        "content-type",
                        "Content-Type",
                        "contentType",
                        "content-encoding",
                        "ce_specversion",
                        "ce-id",
                        "__value_schema_id",
                        "apicurio.value.globalId");
        return Combinators.combine(
                        name, Arbitraries.oneOf(types, Arbitraries.strings().ofMaxLength(20)))
                .as(org.deadletteroffice.spi.message.Header::of)
                .list()
                .ofMaxSize(4)
                .map(Headers::new);
    }
}
