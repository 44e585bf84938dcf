package org.deadletteroffice.core.browse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.core.cause.Letters.letter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;
import org.deadletteroffice.core.cause.Causes;
import org.deadletteroffice.core.cause.Letters;
import org.deadletteroffice.core.decode.Decoders;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.core.query.FilterException;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Header;
import org.junit.jupiter.api.Test;

/// A search in a scan, which reads as little of a message as it can, finds just what a search in
/// decoded messages finds.
class QuickSearchTest {
    private static final List<String> WORDS =
            List.of(
                    "Order",
                    "K\u00f6ln",
                    "stra\u00dfe",
                    "\u0130stanbul",
                    "273 \u212a",
                    "declined",
                    "a-1",
                    "77",
                    "x",
                    "&",
                    "\\",
                    "tab\there",
                    "no stock",
                    "com.shop.PaymentException",
                    "Type",
                    "message",
                    "\ud83d\ude00");

    private static final List<Header> HEADERS =
            List.of(
                    Letters.text("content-type", "application/json"),
                    Letters.text("content-type", "text/plain; charset=iso-8859-1"),
                    Letters.text("content-type", "application/json; charset=utf-16"),
                    Letters.text("contentType", "text/xml; charset=nowhere"),
                    Letters.text("content-type", "application/avro"),
                    Letters.text("content-type", "application/x-protobuf"),
                    Letters.text("content-type", "application/x-ndjson"),
                    Letters.text("content-encoding", "base64"),
                    Letters.text("ce_specversion", "1.0"),
                    Letters.text("ce_id", "a-1"),
                    Letters.text("ce_type", "order"),
                    Letters.text("ce_source", "/x"),
                    Letters.text("x-error-message", "card declined"),
                    Letters.text("x-error-type", "com.shop.PaymentException"),
                    Letters.text("x-exception-message", "no stock; K\u00f6ln"),
                    Letters.text("x-original-exchange", "orders"),
                    Letters.text("x-original-routingKey", "created"),
                    Letters.text("rule.name", "r1"),
                    Letters.text("__rule.name", "r1"),
                    Letters.text("x-death", "[{\"queue\":\"a\\u002d1\",\"reason\":\"rejected\"}]"),
                    new Header("x-none", null),
                    new Header("x-bytes", new byte[] {0, -1, 'a', '-', '1'}));

    private int glances;

    @Property(tries = 1_000, seed = "20261130")
    void finds_what_is_found_in_decoded_messages(@ForAll Random random) {
        // Of few words, so that most that are searched for are somewhere.
        var some = List.of(any(WORDS, random), any(WORDS, random), any(WORDS, random));
        same(message(random, some), words(random, some));
    }

    private void same(DeadLetter letter, String words) {
        var unread = unread(letter);
        Filter filter;
        try {
            filter = Filter.parse(words);
        } catch (FilterException meantAsCel) {
            return;
        }
        assertThat(filter.matches(unread))
                .as("'%s' in %s with %s", words, shown(letter), letter.headers())
                .isEqualTo(filter.matches(Letters.view(letter)));
        glances += unread.payloadReadsAsItStands() ? 1 : 0;
    }

    private static UnreadMessage unread(DeadLetter letter) {
        return new UnreadMessage(letter, Decoders.standard(), null, Causes.standard());
    }

    private static String shown(DeadLetter letter) {
        var payload = letter.payload();
        return payload == null ? "null" : new String(payload, StandardCharsets.ISO_8859_1);
    }

    @Test
    void plain_json_text_and_xml_are_not_decoded() {
        for (var payload :
                List.of(
                        "{\"city\": \"K\u00f6ln\",\n\t\"total\": 77}",
                        "[1, 2]",
                        "2026-11-30 order 77 declined",
                        "<order><total>77</total></order>")) {
            assertThat(unread(letter(payload)).payloadReadsAsItStands()).as(payload).isTrue();
        }
    }

    @Test
    void what_hides_its_text_is_decoded() {
        for (var payload :
                List.of(
                        utf8("{\"city\": \"K\\u00f6ln\"}"),
                        utf8("<city>K&#246;ln</city>"),
                        "{\"city\": 1}".getBytes(StandardCharsets.UTF_16LE),
                        Base64.getEncoder().encode(utf8("{\"city\": \"Essen\", \"n\": 1}")),
                        gzip(utf8("{\"city\": \"Essen\"}")),
                        utf8(sns("plain")))) {
            assertThat(unread(letter(payload)).payloadReadsAsItStands()).isFalse();
        }
        var other = letter("text", Letters.text("content-type", "text/plain; charset=IBM037"));
        assertThat(unread(other).payloadReadsAsItStands()).isFalse();
    }

    /// Else the property would compare one way with itself.
    @AfterProperty
    void both_ways_were_gone() {
        assertThat(glances).isBetween(100, 900);
    }

    private static DeadLetter message(Random random, List<String> some) {
        var headers = new ArrayList<Header>();
        for (int i = random.nextInt(4); i > 0; i--) {
            headers.add(any(HEADERS, random));
        }
        return letter(payload(random, some), headers.toArray(Header[]::new));
    }

    private static byte[] payload(Random random, List<String> some) {
        var bytes = wrapped(text(random, some), random);
        if (random.nextInt(4) == 0 && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static String text(Random random, List<String> some) {
        var one = any(some, random);
        var two = any(some, random);
        return switch (random.nextInt(10)) {
            case 0 -> one + " " + two;
            case 1 -> "<o a='%s'><b>%s</b></o>".formatted(escaped(one), escaped(two));
            case 2 -> "a: %s\nb:\n  - '%s'\n".formatted(one, two);
            case 3 -> "{\"a\":\"%s\"}\n{\"a\":\"%s\"}\n".formatted(one, two);
            case 4 -> sns(one);
            case 5 ->
                    "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/x\",\"type\":\"%s\"}"
                            .formatted(one, two);
            case 6 ->
                    "{\"Headers\":{\"NServiceBus.MessageId\":\"1\"},\"Body\":\"%s\"}"
                            .formatted(one);
            case 7 -> "[\"%s\", {\"%s\": 77}, // %s\n]".formatted(one, two, one);
            default ->
                    "{\"a\": \"%s\", \"%s\": {\"n\": 77, \"t\": [\"%s\"]}}"
                            .formatted(json(one, random), two, one);
        };
    }

    private static String sns(String text) {
        return "{\"Type\":\"Notification\",\"MessageId\":\"m\",\"TopicArn\":\"arn:t\",\"Message\":\"%s\"}"
                .formatted(text);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("x", "&#120;");
    }

    private static String json(String text, Random random) {
        if (random.nextBoolean()) {
            return text;
        }
        var out = new StringBuilder();
        text.chars().forEach(c -> out.append("\\u%04x".formatted(c)));
        return out.toString();
    }

    private static byte[] wrapped(String text, Random random) {
        var utf8 = utf8(text);
        return switch (random.nextInt(12)) {
            case 0 -> Base64.getEncoder().encode(utf8);
            case 1 -> gzip(utf8);
            case 2 -> text.getBytes(StandardCharsets.UTF_16LE);
            case 3 -> text.getBytes(StandardCharsets.ISO_8859_1);
            case 4 -> text.getBytes(Charset.forName("IBM037"));
            default -> utf8;
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /// Mostly one that is there, in any case; perhaps a part of it.
    private static String words(Random random, List<String> some) {
        var word = any(some, random);
        int from = random.nextInt(word.length());
        var part = random.nextBoolean() ? word : word.substring(from);
        var cased =
                switch (random.nextInt(3)) {
                    case 0 -> part.toUpperCase(Locale.ROOT);
                    case 1 -> part.toLowerCase(Locale.ROOT);
                    default -> part;
                };
        return random.nextInt(3) == 0 ? cased + " " + any(some, random) : '"' + cased + '"';
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
