package org.deadletteroffice.spi.message;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A message as it lies in its queue. The arrays are the broker's bytes, never altered on the way
/// in, and must not be written to.
///
/// @param key null where the message has none; differs from an empty key
/// @param payload null for a tombstone; differs from an empty payload
/// @param timestamp when the broker or its producer says that it came here; null where the broker
///     keeps none
/// @param deliveries how often it was handed to a consumer of this queue; null where the broker
///     does not count
/// @param failure what the broker itself knows of the death ([Failure#NONE] where it says nothing);
///     what the headers tell is read from them by a `CauseReader`
/// @param corrupt why the broker's client could not read this entry whole, in words; null for a
///     readable one. Such a message is shown and never sent.
public record DeadLetter(
        QueueRef queue,
        MessageId id,
        byte @Nullable [] key,
        byte @Nullable [] payload,
        Headers headers,
        @Nullable Instant timestamp,
        @Nullable Integer deliveries,
        Failure failure,
        @Nullable String corrupt) {

    /// Bytes of key, payload and headers together: what the program holds in memory for it.
    public long size() {
        long size = (key == null ? 0 : key.length) + (long) (payload == null ? 0 : payload.length);
        for (var header : headers) {
            var value = header.value();
            size += header.name().length() + (value == null ? 0 : value.length);
        }
        return size;
    }

    /// The same message with another content.
    public DeadLetter with(byte @Nullable [] otherPayload, Headers otherHeaders) {
        return new DeadLetter(
                queue,
                id,
                key,
                otherPayload,
                otherHeaders,
                timestamp,
                deliveries,
                failure,
                corrupt);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DeadLetter that
                && queue.equals(that.queue)
                && id.equals(that.id)
                && Arrays.equals(key, that.key)
                && Arrays.equals(payload, that.payload)
                && headers.equals(that.headers);
    }

    @Override
    public int hashCode() {
        return 31 * queue.hashCode() + id.hashCode();
    }

    /// Safe for logs: no key, no payload, no header value.
    @Override
    public String toString() {
        return queue + "#" + id + " (" + size() + " bytes)";
    }
}
