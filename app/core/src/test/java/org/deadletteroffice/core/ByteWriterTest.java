package org.deadletteroffice.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ByteWriterTest {
    @Property
    void writes_what_the_jdks_stream_writes(
            @ForAll List<Long> values, @ForAll @IntRange(max = 40) int room) throws IOException {
        var expected = new ByteArrayOutputStream();
        var stream = new DataOutputStream(expected);
        var writer = new ByteWriter(room);
        for (var value : values) {
            stream.writeLong(value);
            writer.writeLong(value);
            stream.writeInt(value.intValue());
            writer.writeInt(value.intValue());
            stream.write(value.intValue());
            writer.write(value.intValue());
            stream.writeBoolean(value > 0);
            writer.writeBoolean(value > 0);
            stream.write(value.toString().getBytes(StandardCharsets.UTF_8));
            writer.write(value.toString().getBytes(StandardCharsets.UTF_8));
        }

        assertThat(writer.toBytes()).isEqualTo(expected.toByteArray()).hasSize(writer.size());
    }

    @Test
    void a_number_is_written_over_and_null_differs_from_empty() {
        var writer = new ByteWriter(0);
        writer.writeInt(7);
        writer.writeSized((byte[]) null);
        writer.writeSized("");
        writer.setInt(0, 0x01020304);

        assertThat(writer.toBytes()).containsExactly(1, 2, 3, 4, -1, -1, -1, -1, 0, 0, 0, 0);
    }
}
