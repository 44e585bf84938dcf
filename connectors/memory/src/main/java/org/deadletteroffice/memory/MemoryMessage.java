package org.deadletteroffice.memory;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;

/// A message for [MemoryBroker#send].
///
/// @param partition null: by key, or in turn where there is no key
/// @param timestamp null: now
/// @param failure what the broker itself shall know of the death
public record MemoryMessage(
        @Nullable Integer partition,
        byte @Nullable [] key,
        byte @Nullable [] payload,
        Headers headers,
        @Nullable Instant timestamp,
        Failure failure) {
    /// Text without key and headers.
    public static MemoryMessage of(String payload) {
        return of(payload.getBytes(StandardCharsets.UTF_8));
    }

    public static MemoryMessage of(byte @Nullable [] payload) {
        return new MemoryMessage(null, null, payload, Headers.NONE, null, Failure.NONE);
    }

    public static MemoryMessage of(String key, String payload) {
        return of(payload).withKey(key.getBytes(StandardCharsets.UTF_8));
    }

    public MemoryMessage withKey(byte @Nullable [] value) {
        return new MemoryMessage(partition, value, payload, headers, timestamp, failure);
    }

    public MemoryMessage in(int value) {
        return new MemoryMessage(value, key, payload, headers, timestamp, failure);
    }

    public MemoryMessage with(Headers value) {
        return new MemoryMessage(partition, key, payload, value, timestamp, failure);
    }

    /// Adds a header after those it has.
    public MemoryMessage plus(String name, String value) {
        return with(headers.plus(List.of(Header.of(name, value))));
    }

    public MemoryMessage at(Instant value) {
        return new MemoryMessage(partition, key, payload, headers, value, failure);
    }

    public MemoryMessage died(Failure value) {
        return new MemoryMessage(partition, key, payload, headers, timestamp, value);
    }

    long size() {
        long size = (key == null ? 0 : key.length) + (long) (payload == null ? 0 : payload.length);
        for (var header : headers) {
            var value = header.value();
            size += header.name().length() + (value == null ? 0 : value.length);
        }
        return size;
    }
}
