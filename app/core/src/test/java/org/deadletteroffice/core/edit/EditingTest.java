package org.deadletteroffice.core.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.deadletteroffice.core.cause.Letters.letter;
import static org.deadletteroffice.core.cause.Letters.text;
import static org.deadletteroffice.core.cause.Letters.view;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.deadletteroffice.core.edit.DiffLine.Kind;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.junit.jupiter.api.Test;

class EditingTest {
    @Test
    void a_compact_payload_is_edited_indented_and_goes_back_compact() throws EditException {
        var message = view("{\"id\":9007199254740993,\"country\":\"XX\"}");

        var text = Editing.editText(message).orElseThrow();
        var bytes = Editing.encode(message, text.replace("XX", "DE"));

        assertThat(text).isEqualTo("{\n  \"id\": 9007199254740993,\n  \"country\": \"XX\"\n}");
        assertThat(bytes)
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"id\":9007199254740993,\"country\":\"DE\"}");
        assertThat(Editing.encode(message, text)).isSameAs(message.letter().payload());
    }

    @Test
    void a_binary_cloud_event_is_edited_as_its_data() throws EditException {
        var message =
                view(
                        "{\"a\":1}",
                        text("ce_specversion", "1.0"),
                        text("ce_id", "1"),
                        text("ce_source", "/s"),
                        text("ce_type", "t"),
                        text("content-type", "application/json"));

        assertThat(Editing.encode(message, "{\"a\": 2}"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"a\":2}");
    }

    @Test
    void what_is_no_text_is_edited_as_hex() {
        assertThat(Editing.editText(view(letter(new byte[] {0, 1, 2})))).isEmpty();
        assertThat(Editing.editText(view(letter((byte[]) null)))).isEmpty();
        assertThatThrownBy(() -> Editing.encode(view(letter((byte[]) null)), "x"))
                .isInstanceOf(EditException.class);
        assertThatThrownBy(() -> Editing.encode(view(letter(new byte[] {0, 1})), "x"))
                .isInstanceOf(EditException.class);
    }

    @Test
    void a_wrong_edit_says_where() {
        assertThatThrownBy(() -> Editing.encode(view("{\"a\":1}"), "{\n  \"a\": 1,\n  b\n}"))
                .isInstanceOfSatisfying(
                        EditException.class,
                        wrong -> {
                            assertThat(wrong.line()).isEqualTo(3);
                            assertThat(wrong.column()).isBetween(3, 4);
                        });
    }

    @Test
    void hex_has_sixteen_bytes_a_line() {
        assertThat(Editing.hexText(new byte[18]).lines().toList())
                .containsExactly("00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00", "00 00");
        assertThat(Editing.hexText(new byte[0])).isEmpty();
    }

    @Test
    void wrong_hex_says_where() {
        assertThatThrownBy(() -> Editing.parseHex("00 0g"))
                .isInstanceOfSatisfying(
                        EditException.class, wrong -> assertThat(wrong.column()).isEqualTo(5));
        assertThatThrownBy(() -> Editing.parseHex("00\n0")).isInstanceOf(EditException.class);
        assertThatThrownBy(() -> Editing.parseHex("0 0")).isInstanceOf(EditException.class);
    }

    @Property
    void hex_reads_what_it_writes(@ForAll byte[] bytes) throws EditException {
        assertThat(Editing.parseHex(Editing.hexText(bytes))).isEqualTo(bytes);
    }

    @Test
    void a_diff_shows_what_differs_with_its_surroundings() {
        var before = lines(1, 20);
        var after = before.replace("line 10\n", "line ten\n");

        assertThat(Editing.diff(before, after))
                .containsExactly(
                        new DiffLine(Kind.GAP, "6 lines"),
                        new DiffLine(Kind.SAME, "line 7"),
                        new DiffLine(Kind.SAME, "line 8"),
                        new DiffLine(Kind.SAME, "line 9"),
                        new DiffLine(Kind.REMOVED, "line 10"),
                        new DiffLine(Kind.ADDED, "line ten"),
                        new DiffLine(Kind.SAME, "line 11"),
                        new DiffLine(Kind.SAME, "line 12"),
                        new DiffLine(Kind.SAME, "line 13"),
                        new DiffLine(Kind.GAP, "7 lines"));
        assertThat(Editing.diff(before, before)).isEmpty();
        assertThat(Editing.diff("", "a")).containsExactly(new DiffLine(Kind.ADDED, "a"));
    }

    @Test
    void a_diff_of_large_texts_without_a_common_line_ends() {
        var diff = Editing.diff(lines(0, 20_000), lines(100_000, 20_000));

        assertThat(diff).hasSize(40_000);
    }

    @Property(tries = 300)
    void a_diff_holds_both_texts(@ForAll List<Boolean> before, @ForAll List<Boolean> after) {
        var diff = Editing.diff(joined(before), joined(after));

        if (!before.equals(after)) {
            assertThat(changes(diff, Kind.REMOVED) - changes(diff, Kind.ADDED))
                    .isEqualTo(before.size() - (long) after.size());
            assertThat(diff).anyMatch(line -> line.kind() != Kind.SAME);
        }
    }

    private static long changes(List<DiffLine> diff, Kind kind) {
        return diff.stream().filter(line -> line.kind() == kind).count();
    }

    private static String joined(List<Boolean> lines) {
        return lines.stream().map(it -> it + "\n").collect(Collectors.joining());
    }

    private static String lines(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(n -> "line " + n + "\n")
                .collect(Collectors.joining());
    }
}
