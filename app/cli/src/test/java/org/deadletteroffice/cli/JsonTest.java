package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.QueueRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class JsonTest {
    @Test
    void numbers_of_a_payload_keep_every_digit() {
        var tree =
                new Tree.Arr(
                        List.of(
                                new Tree.Num("9007199254740993"),
                                new Tree.Num("1.50"),
                                new Tree.Num("1e400"),
                                new Tree.Num("-0.0"),
                                new Tree.Num("123456789012345678901234567890")));

        assertThat(json(tree))
                .isEqualTo("[9007199254740993,1.50,1e400,-0.0,123456789012345678901234567890]");
    }

    @Test
    void what_json_has_no_number_for_is_text() {
        assertThat(json(new Tree.Arr(List.of(new Tree.Num("NaN"), new Tree.Num("0x10")))))
                .isEqualTo("[\"NaN\",\"0x10\"]");
    }

    @Test
    void members_keep_their_order_and_their_repeats() {
        var tree =
                new Tree.Obj(
                        List.of(
                                new Tree.Member("b", new Tree.Bool(true)),
                                new Tree.Member("a", new Tree.Null()),
                                new Tree.Member("b", new Tree.Text("again"))));

        assertThat(json(tree)).isEqualTo("{\"b\":true,\"a\":null,\"b\":\"again\"}");
    }

    @Test
    void values_have_one_form_each() {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("instant", Instant.parse("2026-01-31T08:00:00.123Z"));
        fields.put("role", QueueRole.DEAD_LETTER);
        fields.put("duration", Duration.ofSeconds(2));
        fields.put("bytes", new byte[] {0, (byte) 0xff});
        fields.put("share", 0.0001);
        fields.put("whole", 3.0);
        fields.put("none", null);
        fields.put("unknown", Double.NaN);

        assertThat(json(fields))
                .isEqualTo(
                        "{\"instant\":\"2026-01-31T08:00:00.123Z\",\"role\":\"deadLetter\","
                                + "\"duration\":2000,\"bytes\":\"AP8=\",\"share\":0.0001,"
                                + "\"whole\":3,\"none\":null,\"unknown\":null}");
    }

    @Test
    void a_path_is_text() {
        assertThat(json(Path.of("a", "b.json"))).isEqualTo("\"a/b.json\"");
    }

    @Test
    void null_in_a_list_stays() {
        assertThat(json(Arrays.asList("a", null))).isEqualTo("[\"a\",null]");
    }

    private static String json(Object value) {
        var out = new ByteArrayOutputStream();
        try (var json = new Json(out, false)) {
            json.value(value);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
