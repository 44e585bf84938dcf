package org.deadletteroffice.demo.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/// What a producer of the shop sends.
///
/// @param value null for a tombstone
public record Message(byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
    public static Message json(String key, String value) {
        return new Message(
                key.getBytes(UTF_8),
                value.getBytes(UTF_8),
                List.of(header("content-type", "application/json")));
    }

    public Message with(String name, String text) {
        var all = new ArrayList<>(headers);
        all.add(header(name, text));
        return new Message(key, value, all);
    }

    private static Header header(String name, String text) {
        return new RecordHeader(name, text.getBytes(UTF_8));
    }
}
