package org.deadletteroffice.demo.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/// A message of one format, and how its consumer failed.
///
/// @param name of the format in words; the message's key, so that a list tells them apart
/// @param format what the engine calls it
/// @param headers those of the producer
/// @param trouble what its consumer died of
/// @param style how that was written down
public record Sample(
        String name,
        String format,
        byte[] payload,
        List<Header> headers,
        Trouble trouble,
        FailureStyle style) {
    public Sample {
        headers = List.copyOf(headers);
    }

    static Sample of(String name, String format, byte[] payload, Trouble trouble) {
        return new Sample(name, format, payload, List.of(), trouble, FailureStyle.PLAIN);
    }

    static Sample of(String name, String format, String payload, Trouble trouble) {
        return of(name, format, payload.getBytes(UTF_8), trouble);
    }

    Sample header(String header, String text) {
        return header(header, text.getBytes(UTF_8));
    }

    Sample header(String header, byte[] value) {
        var all = new ArrayList<>(headers);
        all.add(new RecordHeader(header, value));
        return new Sample(name, format, payload, all, trouble, style);
    }

    Sample style(FailureStyle other) {
        return new Sample(name, format, payload, headers, trouble, other);
    }
}
