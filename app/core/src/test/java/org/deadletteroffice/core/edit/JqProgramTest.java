package org.deadletteroffice.core.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.deadletteroffice.core.cause.Letters.letter;
import static org.deadletteroffice.core.cause.Letters.view;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JqProgramTest {
    @Test
    void changes_the_path_and_nothing_else() throws Exception {
        assertThat(
                        apply(
                                ".customer.country = \"DE\"",
                                "{\"id\":9007199254740993,\"price\":1.50,\"e\":1e2,\"huge\":123456789012345678901234567890,"
                                        + "\"customer\":{\"country\":\"XX\",\"n\":0.10}}"))
                .isEqualTo(
                        "{\"id\":9007199254740993,\"price\":1.50,\"e\":1e2,\"huge\":123456789012345678901234567890,"
                                + "\"customer\":{\"country\":\"DE\",\"n\":0.10}}");
    }

    @Test
    void keeps_the_layout() throws Exception {
        assertThat(apply(".a = 2", "{\n\t\"a\": 1,\n\t\"b\": [\n\t\t1\n\t]\n}\n"))
                .isEqualTo("{\n\t\"a\": 2,\n\t\"b\": [\n\t\t1\n\t]\n}\n");
        assertThat(apply(".a = 2", "{\"a\": 1, \"b\": [1, 2]}"))
                .isEqualTo("{\"a\": 2, \"b\": [1, 2]}");
        assertThat(apply(".a = 2", "{ \"a\" : 1 }")).isEqualTo("{ \"a\" : 2 }");
    }

    @Test
    void a_program_that_changes_nothing_gives_the_same_bytes() throws Exception {
        var odd = "{ \"a\":1.0 ,\n \"b\" : \"\\u00fc\\/\" }";

        assertThat(apply(".", odd)).isEqualTo(odd);
    }

    @Test
    void adds_deletes_and_computes() throws Exception {
        assertThat(apply("del(.b) | .c = (.a + 1)", "{\"a\":1,\"b\":2}"))
                .isEqualTo("{\"a\":1,\"c\":2}");
        assertThat(apply(".items |= map(select(.n > 0))", "{\"items\":[{\"n\":0},{\"n\":2.0}]}"))
                .isEqualTo("{\"items\":[{\"n\":2.0}]}");
        assertThat(apply(".total = (.a * 2.5)", "{\"a\":3}")).isEqualTo("{\"a\":3,\"total\":7.5}");
    }

    @Test
    void goes_through_gzip() throws Exception {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        }

        var changed = JqProgram.compile(".a = 2").apply(view(letter(out.toByteArray())));

        try (var in = new GZIPInputStream(new java.io.ByteArrayInputStream(changed))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"a\":2}");
        }
    }

    @Test
    void says_where_a_program_does_not_parse() {
        assertThatThrownBy(() -> JqProgram.compile(".a = = 2"))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("not a jq program");
        assertThatThrownBy(() -> JqProgram.compile(" ")).isInstanceOf(OperatorException.class);
        assertThatThrownBy(() -> JqProgram.compile("(".repeat(50_000)))
                .isInstanceOf(OperatorException.class);
    }

    @Test
    void refuses_what_is_no_single_value() {
        assertThatThrownBy(() -> apply(".[]", "[1,2]"))
                .isInstanceOf(EditException.class)
                .hasMessageContaining("more than one value");
        assertThatThrownBy(() -> apply("empty", "[1,2]"))
                .isInstanceOf(EditException.class)
                .hasMessageContaining("no value");
        assertThatThrownBy(() -> apply("error(\"no such thing\")", "[1,2]"))
                .isInstanceOf(EditException.class)
                .hasMessageContaining("no such thing");
    }

    @Test
    void refuses_payloads_that_are_no_structure_or_would_lose_members() {
        assertThatThrownBy(() -> apply(".a = 1", "some text"))
                .isInstanceOf(EditException.class)
                .hasMessageContaining("text");
        assertThatThrownBy(() -> apply(".a = 1", "{\"b\":1,\"b\":2}"))
                .isInstanceOf(EditException.class)
                .hasMessageContaining("'b' occurs twice");
        assertThatThrownBy(() -> JqProgram.compile(".").apply(view(letter((byte[]) null))))
                .isInstanceOf(EditException.class);
    }

    @Test
    @Timeout(60)
    void stops_programs_that_do_not_end() {
        var large = "[" + String.join(",", Collections.nCopies(3_000, "1")) + "]";

        assertThatThrownBy(() -> apply("def f: f; f", "{}")).isInstanceOf(EditException.class);
        assertThatThrownBy(() -> apply("last(range(1000000000000))", "{}"))
                .isInstanceOf(EditException.class);
        assertThatThrownBy(() -> apply("[range(1000000000000)]", "{}"))
                .isInstanceOf(EditException.class);
        assertThatThrownBy(() -> apply("[recurse(.)] | length", "{}"))
                .isInstanceOf(EditException.class);
        assertThatThrownBy(
                        () ->
                                apply(
                                        "reduce (.[] as $a | .[] as $b | .[] as $c | 1) as $x (0; . + 1)",
                                        large))
                .isInstanceOf(EditException.class)
                .hasMessageContaining("2 seconds");
    }

    @Test
    void sees_nothing_of_the_process() throws Exception {
        assertThat(apply(".a = ($ENV | length)", "{\"a\":1}")).isEqualTo("{\"a\":0}");
        assertThatThrownBy(() -> apply(".a = env", "{\"a\":1}")).isInstanceOf(Exception.class);
    }

    private static String apply(String program, String payload) throws Exception {
        return new String(JqProgram.compile(program).apply(view(payload)), StandardCharsets.UTF_8);
    }
}
