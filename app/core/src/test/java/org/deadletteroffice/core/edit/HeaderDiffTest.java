package org.deadletteroffice.core.edit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.deadletteroffice.core.edit.DiffLine.Kind;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;

class HeaderDiffTest {
    @Test
    void a_stack_trace_is_one_line_that_ends_somewhere() {
        var trace = "java.lang.IllegalStateException: no\n\tat a.B.c(B.java:1)\n".repeat(60);
        assertThat(HeaderDiff.between(of("stack", trace), Headers.NONE))
                .singleElement()
                .satisfies(
                        line -> {
                            assertThat(line.kind()).isEqualTo(Kind.REMOVED);
                            assertThat(line.text())
                                    .startsWith(
                                            "stack: java.lang.IllegalStateException: no\\n\\tat")
                                    .endsWith(" more characters)")
                                    .hasSizeLessThan(HeaderDiff.WIDTH + 40);
                        });
    }

    @Test
    void a_change_behind_the_cut_is_still_a_change() {
        var text = "x".repeat(500);
        assertThat(HeaderDiff.between(of("note", text + "a"), of("note", text + "b")))
                .extracting(DiffLine::kind)
                .containsExactlyInAnyOrder(Kind.REMOVED, Kind.ADDED);
    }

    @Test
    void bytes_that_are_no_text_are_hex() {
        assertThat(HeaderDiff.between(Headers.NONE, one(new byte[] {0, 0, 0, 7})))
                .containsExactly(new DiffLine(Kind.ADDED, "h: 0x00000007"));
    }

    private static Headers of(String name, String text) {
        return Headers.of(new Header(name, text.getBytes(UTF_8)));
    }

    private static Headers one(byte[] value) {
        return Headers.of(new Header("h", value));
    }
}
