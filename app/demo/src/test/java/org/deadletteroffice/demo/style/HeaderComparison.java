package org.deadletteroffice.demo.style;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/// Holds a record of ours against one that a real framework wrote.
final class HeaderComparison {
    private HeaderComparison() {}

    /// Same topic, key, value, and headers: names, order and encoding of all; bytes of all but
    /// `varying`.
    static void assertSame(
            ProducerRecord<byte[], byte[]> ours,
            ConsumerRecord<byte[], byte[]> theirs,
            Set<String> varying) {
        assertThat(ours.topic()).isEqualTo(theirs.topic());
        assertThat(ours.key()).isEqualTo(theirs.key());
        assertThat(ours.value()).isEqualTo(theirs.value());
        assertThat(names(ours.headers())).isEqualTo(names(theirs.headers()));
        var our = ours.headers().toArray();
        var their = theirs.headers().toArray();
        for (var i = 0; i < our.length; i++) {
            assertThat(encoding(our[i])).as(our[i].key()).isEqualTo(encoding(their[i]));
            if (!varying.contains(our[i].key())) {
                assertThat(readable(our[i])).as(our[i].key()).isEqualTo(readable(their[i]));
                assertThat(withoutJdkLines(our[i]))
                        .as(our[i].key())
                        .isEqualTo(withoutJdkLines(their[i]));
            }
        }
    }

    static List<String> names(Headers headers) {
        var names = new ArrayList<String>();
        headers.forEach(header -> names.add(header.key()));
        return names;
    }

    /// Text, or bytes of a fixed number.
    private static String encoding(Header header) {
        if (header.value() == null) {
            return "null";
        }
        var text = UTF_8.decode(ByteBuffer.wrap(header.value())).toString();
        return text.chars().allMatch(c -> (c >= ' ' && c != 0xFFFD) || c == '\n' || c == '\t')
                ? "text"
                : header.value().length + " bytes";
    }

    private static String readable(Header header) {
        return new String(withoutJdkLines(header), UTF_8);
    }

    /// Line numbers inside the JDK differ between its builds.
    private static byte[] withoutJdkLines(Header header) {
        if (header.value() == null || !header.key().endsWith("stacktrace")) {
            return header.value() == null ? new byte[0] : header.value();
        }
        return new String(header.value(), UTF_8)
                .replaceAll("(\tat java\\.base/[^(]*\\([^:)]*):\\d+\\)", "$1)")
                .getBytes(UTF_8);
    }
}
