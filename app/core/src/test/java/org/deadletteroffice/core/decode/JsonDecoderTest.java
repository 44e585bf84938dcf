package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;

class JsonDecoderTest extends DecoderContractTest {
    private static final Headers JSON = Headers.of(Header.of("content-type", "application/json"));

    private final JsonDecoder json = new JsonDecoder();

    @Override
    PayloadDecoder decoder() {
        return json;
    }

    @Override
    List<Sample> samples() {
        return List.of(
                Sample.of("compact", "{\"a\":1.50,\"b\":[true,null,\"x\"],\"c\":{}}"),
                Sample.of("python style", "{\"a\": 1, \"b\": [1, 2]}"),
                Sample.of("indented", "{\n    \"a\": 1,\n    \"b\": [\n        2\n    ]\n}\n"),
                Sample.of("odd white space", " {\"a\" :1 ,\n\n \"b\":\t2 } \r\n"),
                Sample.of("escapes", "{\"a\":\"\\u00fc\\/\\n\",\"b\":\"ü\"}"),
                Sample.of("repeated members", "{\"a\":1,\"a\":2}"),
                Sample.of("number", "42"),
                Sample.of("text", "\"x\""),
                new Sample(
                        "utf-16",
                        "{\"a\":\"ü\"}".getBytes(StandardCharsets.UTF_16BE),
                        Headers.NONE),
                new Sample(
                        "latin-1",
                        "{\"a\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1),
                        Headers.of(
                                Header.of("content-type", "application/json; charset=ISO-8859-1"))),
                new Sample(
                        "byte order mark",
                        "\uFEFF{\"a\":1}".getBytes(StandardCharsets.UTF_8),
                        Headers.NONE),
                Sample.of("comments", "{\"a\":1, // one\n \"b\":2}"));
    }

    @Override
    List<Edit> edits() {
        return List.of(
                new Edit(
                        Sample.of(
                                "compact stays compact",
                                "{\"a\":1.50,\"id\":9007199254740993,\"n\":\"\\u00fc\"}"),
                        text -> text.replace("1.50", "2.50"),
                        utf8("{\"a\":2.50,\"id\":9007199254740993,\"n\":\"\\u00fc\"}")),
                new Edit(
                        Sample.of(
                                "spaces after comma and colon stay",
                                "{\"a\": 1, \"b\": [1, 2], \"c\": {}}"),
                        text -> text.replace("\"a\": 1", "\"a\":7"),
                        utf8("{\"a\": 7, \"b\": [1, 2], \"c\": {}}")),
                new Edit(
                        Sample.of("indented is edited as it is", "{\n\t\"a\": 1\n}\n"),
                        text -> text.replace("1", "2"),
                        utf8("{\n\t\"a\": 2\n}\n")),
                new Edit(
                        new Sample(
                                "charset stays",
                                "{\"a\":\"x\"}".getBytes(StandardCharsets.UTF_16LE),
                                Headers.NONE),
                        text -> text.replace("x", "ü"),
                        "{\"a\":\"ü\"}".getBytes(StandardCharsets.UTF_16LE)),
                new Edit(
                        Sample.of("comments stay", "{\"a\":1, // one\n \"b\":2}"),
                        text -> text.replace("2", "3"),
                        utf8("{\"a\":1, // one\n \"b\":3}")));
    }

    @Override
    List<String> impossible() {
        return List.of("", "{\"a\":", "{\"a\":1} x", "{'a':1}", "// nothing");
    }

    @Test
    void keeps_number_text_member_order_and_repeats() {
        var decoded = decode("{\"z\":1.50,\"a\":9007199254740993,\"z\":1e400}");

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Structured.class,
                        it -> {
                            assertThat(it.tree())
                                    .isEqualTo(
                                            new Tree.Obj(
                                                    List.of(
                                                            new Tree.Member(
                                                                    "z", new Tree.Num("1.50")),
                                                            new Tree.Member(
                                                                    "a",
                                                                    new Tree.Num(
                                                                            "9007199254740993")),
                                                            new Tree.Member(
                                                                    "z", new Tree.Num("1e400")))));
                            assertThat(it.issues())
                                    .singleElement()
                                    .satisfies(issue -> assertThat(issue.where()).isEqualTo("$.z"));
                        });
    }

    @Test
    void reads_on_with_an_issue_where_it_is_nearly_json() {
        var comment = decode("{\"a\":1, // one\n \"b\":2}");
        var more = decode("{\"a\":1}\n{\"b\":2}");

        assertThat(comment).isInstanceOf(Decoded.Structured.class);
        assertThat(comment.issues())
                .singleElement()
                .satisfies(issue -> assertThat(issue.where()).startsWith("line 1"));
        assertThat(more).isInstanceOf(Decoded.Structured.class);
        assertThat(more.issues().getFirst().sentence()).contains("More follows");
    }

    @Test
    void says_where_declared_json_is_none() {
        var reading = Decoders.standard().decode(utf8("{\"a\": 1,\n \"b\": }"), JSON, null);

        assertThat(reading.decoder()).isEqualTo("json");
        assertThat(reading.reason()).contains("content type");
        assertThat(reading.decoded()).isInstanceOf(Decoded.PlainText.class);
        assertThat(reading.decoded().issues().getFirst().where()).isEqualTo("line 2, column 7");
    }

    @Test
    void invalid_utf_8_is_shown_and_not_editable_as_text() {
        var bytes = utf8("{\"a\":\"?\"}");
        bytes[6] = (byte) 0xE9;

        var decoded = json.decode(bytes, Headers.NONE, Limits.STANDARD);

        assertThat(decoded).isInstanceOf(Decoded.Structured.class);
        assertThat(decoded.issues().getFirst().where()).isEqualTo("byte 6");
        assertThat(json.editText(bytes, Headers.NONE, Limits.STANDARD)).isEmpty();
    }

    @Test
    void deep_and_wide_documents_stop_at_the_limits() {
        var deep = "[".repeat(100_000) + "]".repeat(100_000);
        var wide = "[" + "1,".repeat(1_200_000) + "1]";

        assertThat(decode(deep).issues().getFirst().sentence()).contains("deeper than 200");
        assertThat(decode(wide).issues().getFirst().sentence()).contains("more than");
        assertThat(json.decode(utf8("[1]"), Headers.NONE, new Limits(2, 10, 10)))
                .isInstanceOf(Decoded.Opaque.class);
    }

    @Test
    void indentation_cannot_multiply_a_text_without_bound() {
        var nested = "[".repeat(190) + "1,".repeat(100_000) + "1" + "]".repeat(190);

        assertThat(
                        json.editText(utf8(nested), Headers.NONE, Limits.STANDARD)
                                .orElseThrow()
                                .length())
                .isLessThan(5 * nested.length() + (2 << 20));
    }

    @Property(tries = 300)
    void a_layout_moves_only_white_space(
            @ForAll @StringLength(max = 40) String a, @ForAll double b) {
        var tree =
                new Tree.Obj(
                        List.of(
                                new Tree.Member(a, new Tree.Text(a)),
                                new Tree.Member(
                                        "list",
                                        new Tree.Arr(
                                                List.of(
                                                        new Tree.Num(Double.toString(b)),
                                                        new Tree.Arr(List.of()),
                                                        Tree.NULL))),
                                new Tree.Member("o", new Tree.Obj(List.of()))));
        var compact = JsonWriter.compact(tree);
        var pretty = JsonWriter.pretty(tree);

        assertThat(JsonReader.read(pretty, 200).tree()).isEqualTo(tree);
        assertThat(JsonLayout.of(compact).apply(pretty, 1 << 20)).contains(compact);
        assertThat(JsonLayout.of(pretty).apply(compact, 1 << 20)).contains(pretty);
    }

    @Test
    void finds_the_layout_of_common_writers() {
        assertThat(
                        JsonLayout.of("{\n  \"a\" : [ 1, 2 ],\n  \"b\" : { }\n}")
                                .apply("{\"a\":[1,2],\"b\":{\"c\":1}}", 1_000))
                .contains("{\n  \"a\" : [ 1, 2 ],\n  \"b\" : {\n    \"c\" : 1\n  }\n}");
        assertThat(JsonLayout.of("{\r\n\t\"a\": 1\r\n}\r\n").apply("{\"a\":2,\"b\":3}", 1_000))
                .contains("{\r\n\t\"a\": 2,\r\n\t\"b\": 3\r\n}\r\n");
    }

    private Decoded decode(String text) {
        return json.decode(utf8(text), Headers.NONE, Limits.STANDARD);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
