package org.deadletteroffice.core.cause;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Origin;
import org.jspecify.annotations.Nullable;

/// Reads header values and remembers which names told something. What cannot be read is absent,
/// never an error.
final class Evidence {
    private final Headers headers;
    private final Set<String> names = new LinkedHashSet<>();

    Evidence(Headers headers) {
        this.headers = headers;
    }

    /// The names that were read, in the order of reading.
    List<String> names() {
        return List.copyOf(names);
    }

    /// All values of this name in the message's order, nulls left out.
    List<byte[]> all(String name) {
        var values = new ArrayList<byte[]>(2);
        for (var header : headers.all()) {
            var value = header.value();
            if (value != null && header.name().equals(name)) {
                values.add(value);
            }
        }
        if (!values.isEmpty()) {
            told(name);
        }
        return values;
    }

    byte @Nullable [] last(String name) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            var header = headers.all().get(i);
            if (header.name().equals(name)) {
                told(name);
                return header.value();
            }
        }
        return null;
    }

    byte @Nullable [] first(String name) {
        for (var header : headers.all()) {
            if (header.name().equals(name)) {
                told(name);
                return header.value();
            }
        }
        return null;
    }

    @Nullable String lastText(String name) {
        return text(last(name));
    }

    @Nullable String firstText(String name) {
        return text(first(name));
    }

    /// Where it died, from `topic`, `partition` and `offset` below the prefix, all of them text.
    Origin textOrigin(String prefix) {
        return new Origin(
                lastText(prefix + "topic"),
                toInt(decimal(last(prefix + "partition"))),
                decimal(last(prefix + "offset")));
    }

    void told(String name) {
        names.add(name);
    }

    static boolean has(Headers headers, String name) {
        return lastIndex(headers, name) >= 0;
    }

    /// -1 where there is none.
    static int lastIndex(Headers headers, String name) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (headers.all().get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    static boolean hasPrefix(Headers headers, String prefix) {
        for (Header header : headers.all()) {
            if (header.name().startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /// UTF-8 text; absent where the value is null or empty.
    static @Nullable String text(byte @Nullable [] value) {
        return value == null || value.length == 0
                ? null
                : new String(value, StandardCharsets.UTF_8);
    }

    /// Decimal text.
    static @Nullable Long decimal(byte @Nullable [] value) {
        if (!isDecimal(value)) {
            return null;
        }
        try {
            return Long.parseLong(new String(value, StandardCharsets.US_ASCII).strip());
        } catch (NumberFormatException tooLong) {
            return null;
        }
    }

    private static boolean isDecimal(byte @Nullable [] value) {
        if (value == null || value.length == 0 || value.length > 20) {
            return false;
        }
        for (int i = 0; i < value.length; i++) {
            boolean digit = value[i] >= '0' && value[i] <= '9';
            if (!digit && !(i == 0 && value[i] == '-' && value.length > 1)) {
                return false;
            }
        }
        return true;
    }

    /// A big-endian number of up to 8 bytes, as Java's `ByteBuffer` and `BigInteger` write it.
    static @Nullable Long binary(byte @Nullable [] value) {
        return value == null || value.length == 0 || value.length > 8
                ? null
                : new BigInteger(value).longValue();
    }

    /// Decimal text, else big-endian of exactly 4 or 8 bytes.
    static @Nullable Long number(byte @Nullable [] value) {
        var text = decimal(value);
        if (text != null || value == null) {
            return text;
        }
        return value.length == Integer.BYTES
                ? Long.valueOf(ByteBuffer.wrap(value).getInt())
                : value.length == Long.BYTES ? ByteBuffer.wrap(value).getLong() : null;
    }

    static @Nullable Integer toInt(@Nullable Long number) {
        return number == null || number != number.intValue() ? null : number.intValue();
    }

    /// RFC 3339 text, or seconds, milliseconds, microseconds or nanoseconds since 1970 by their
    /// magnitude.
    static @Nullable Instant instant(byte @Nullable [] value) {
        var number = number(value);
        if (number != null) {
            return number <= 0
                    ? null
                    : number < 100_000_000_000L
                            ? Instant.ofEpochSecond(number)
                            : number < 100_000_000_000_000L
                                    ? Instant.ofEpochMilli(number)
                                    : number < 100_000_000_000_000_000L
                                            ? Instant.ofEpochMilli(number / 1_000)
                                            : Instant.ofEpochMilli(number / 1_000_000);
        }
        var text = text(value);
        if (text == null || text.length() < 10 || text.length() > 40) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text.strip().replace(' ', 'T')).toInstant();
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    /// Milliseconds since 1970 of a binary header.
    static @Nullable Instant millis(byte @Nullable [] value) {
        var number = binary(value);
        return number == null || number <= 0 ? null : Instant.ofEpochMilli(number);
    }
}
