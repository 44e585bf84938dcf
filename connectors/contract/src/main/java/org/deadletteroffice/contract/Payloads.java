package org.deadletteroffice.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.sessions.JqwikSession;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;

/// Messages that break what treats bytes as text, headers as a map, or null as empty.
public final class Payloads {
    private static final byte[] EMPTY = {};

    private Payloads() {}

    /// Bodies from the field: empty, not UTF-8, NUL, a byte order mark, every byte there is, gzip's
    /// head without a body, JSON cut short, deep nesting, an Avro frame, a tombstone.
    public static List<byte @Nullable []> hostile() {
        var every = new byte[256];
        for (var value = 0; value < every.length; value++) {
            every[value] = (byte) value;
        }
        var bodies = new ArrayList<byte @Nullable []>();
        bodies.add(null);
        bodies.add(EMPTY);
        bodies.add(new byte[] {0});
        bodies.add(every);
        bodies.add(new byte[] {(byte) 0xc3, 0x28, (byte) 0xff, (byte) 0xfe});
        bodies.add(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, '{', '}'});
        bodies.add(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
        bodies.add(new byte[] {0, 0, 0, 0, 7, 2, 4});
        bodies.add(utf8("{\"orderId\":1,\"note\":\"cut of"));
        bodies.add(utf8("[".repeat(5_000)));
        bodies.add(utf8("\r\n\t line ends \u2028 and 😀 \u202e"));
        return bodies;
    }

    /// Header lists that a map of strings cannot hold.
    public static List<Headers> hostileHeaders() {
        return List.of(
                Headers.NONE,
                Headers.of(new Header("empty", EMPTY)),
                Headers.of(new Header("none", null)),
                Headers.of(
                        Header.of("again", "1"),
                        Header.of("between", "2"),
                        Header.of("again", "3"),
                        Header.of("again", "1")),
                Headers.of(new Header("binary", new byte[] {0, (byte) 0xff, (byte) 0xc3, 10, 13})),
                Headers.of(Header.of("Case", "upper"), Header.of("case", "lower")),
                Headers.of(Header.of("long", "x".repeat(10_000))));
    }

    /// Every body with every list of headers, as far as the broker can hold them.
    static List<ForeignMessage> messages(Predicate<Behavior> has) {
        var messages = new ArrayList<ForeignMessage>();
        for (var body : hostile()) {
            for (var headers : hostileHeaders()) {
                var key = messages.size() % 3 == 0 ? null : utf8("key " + messages.size());
                messages.add(fit(new ForeignMessage(null, key, body, headers, null), has));
            }
        }
        for (var key : hostile()) {
            messages.add(
                    fit(new ForeignMessage(null, key, utf8("keyed"), Headers.NONE, null), has));
        }
        return messages;
    }

    /// Messages made by chance; the same for the same seed.
    static List<ForeignMessage> random(int count, long seed, Predicate<Behavior> has) {
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        Arbitrary<String> names = Arbitraries.of("a", "A", "b.c", "x-trace", "content-type");
        Arbitrary<Header> header =
                Combinators.combine(names, bytes.injectNull(0.2)).as(Header::new);
        Arbitrary<Headers> headers = header.list().ofMaxSize(6).map(Headers::new);
        var messages = new ArrayList<ForeignMessage>();
        JqwikSession.run(
                () ->
                        Combinators.combine(bytes.injectNull(0.2), bytes.injectNull(0.1), headers)
                                .as(
                                        (key, body, all) ->
                                                new ForeignMessage(null, key, body, all, null))
                                .generator(count)
                                .stream(new Random(seed))
                                .map(shrinkable -> fit(shrinkable.value(), has))
                                .limit(count)
                                .forEach(messages::add));
        return messages;
    }

    /// A body of this size in which no two kilobytes are alike.
    static byte[] large(int size, Predicate<Behavior> has) {
        var body = new byte[size];
        new Random(size).nextBytes(body);
        return has.test(Behavior.BINARY_PAYLOADS) ? body : Arrays.copyOf(base64(body), size);
    }

    private static byte[] base64(byte[] bytes) {
        return Base64.getEncoder().encode(bytes);
    }

    /// The message as the broker can hold it: what it cannot is left away.
    private static ForeignMessage fit(ForeignMessage message, Predicate<Behavior> has) {
        var headers = new ArrayList<Header>();
        for (var header : message.headers()) {
            var taken = headers.stream().anyMatch(other -> other.name().equals(header.name()));
            var value = header.value();
            var held =
                    value == null
                            ? has.test(Behavior.NULL_HEADERS)
                            : value.length > 0 || has.test(Behavior.FREE_HEADERS);
            if (held && (!taken || has.test(Behavior.REPEATED_HEADERS))) {
                headers.add(header);
            }
        }
        if (!has.test(Behavior.HEADER_ORDER)) {
            headers.sort(Comparator.comparing(Header::name));
        }
        return new ForeignMessage(
                message.partition(),
                has.test(Behavior.KEYS) ? key(message.key(), has) : null,
                payload(message.payload(), has),
                new Headers(headers),
                message.timestamp());
    }

    private static byte @Nullable [] payload(byte @Nullable [] body, Predicate<Behavior> has) {
        var some = body == null && !has.test(Behavior.NULL_PAYLOADS) ? EMPTY : body;
        if (some != null && some.length == 0 && !has.test(Behavior.EMPTY_PAYLOADS)) {
            return utf8("nothing");
        }
        return some == null || has.test(Behavior.BINARY_PAYLOADS) || isText(some)
                ? some
                : base64(some);
    }

    private static byte @Nullable [] key(byte @Nullable [] key, Predicate<Behavior> has) {
        if (has.test(Behavior.BINARY_PAYLOADS)
                || (key == null && has.test(Behavior.OPTIONAL_KEYS))) {
            return key;
        }
        // Where bytes are text, a key is a name; where a message hides others of its key, no two
        // may have the same.
        var name =
                has.test(Behavior.WHOLE_KEYS)
                        ? UUID.nameUUIDFromBytes(key == null ? EMPTY : key)
                        : UUID.randomUUID();
        return utf8("key-" + name);
    }

    /// As XML 1.0 has it, which is the least that text may be.
    private static boolean isText(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        return Arrays.equals(utf8(text), bytes)
                && text.codePoints()
                        .allMatch(
                                character ->
                                        character >= ' '
                                                ? character != 0xfffe && character != 0xffff
                                                : "\t\n\r".indexOf(character) >= 0);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
