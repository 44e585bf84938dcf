package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;

class XmlDecoderTest extends DecoderContractTest {
    private static final String ORDER =
            "<?xml version=\"1.0\"?>\n<order id=\"7\"><!-- paid --><line>a</line><line>b</line></order>\n";

    @Override
    PayloadDecoder decoder() {
        return new XmlDecoder();
    }

    @Override
    List<Sample> samples() {
        return List.of(
                Sample.of("declared", ORDER),
                Sample.of("bare", "<a><b>1</b></a>"),
                Sample.of("soap", "<s:Envelope xmlns:s=\"urn:x\"><s:Body/></s:Envelope>"),
                new Sample(
                        "latin-1",
                        "<?xml version='1.0' encoding='ISO-8859-1'?><a>ü</a>"
                                .getBytes(StandardCharsets.ISO_8859_1),
                        Headers.NONE),
                new Sample(
                        "utf-16",
                        "\uFEFF<a>ü</a>".getBytes(StandardCharsets.UTF_16LE),
                        Headers.NONE),
                new Sample(
                        "by header",
                        utf8("  <a/>"),
                        Headers.of(Header.of("content-type", "application/soap+xml"))));
    }

    @Override
    List<Edit> edits() {
        return List.of(
                new Edit(
                        samples().getFirst(),
                        text -> text.replace(">a<", ">ä<"),
                        utf8(ORDER.replace(">a<", ">ä<"))),
                new Edit(
                        samples().get(3),
                        text -> text.replace("ü", "ö"),
                        "<?xml version='1.0' encoding='ISO-8859-1'?><a>ö</a>"
                                .getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Override
    List<String> impossible() {
        return List.of("<a>", "", "<a/><b/>", "<a>&undefined;</a");
    }

    @Test
    void attributes_text_and_repeats_are_in_the_tree() {
        assertThat(tree(ORDER))
                .isEqualTo(
                        new Tree.Obj(
                                List.of(
                                        new Tree.Member(
                                                "order",
                                                new Tree.Obj(
                                                        List.of(
                                                                member("@id", "7"),
                                                                member("line", "a"),
                                                                member("line", "b")))))));
        assertThat(PrettyPrinter.text(decode(ORDER)))
                .isEqualTo("<order id=\"7\">\n  <line>a</line>\n  <line>b</line>\n</order>");
    }

    @Test
    void html_and_text_with_an_angle_bracket_are_text() {
        assertThat(
                        Decoders.standard()
                                .decode(utf8("<p>one<br>two</p>"), Headers.NONE, null)
                                .decoder())
                .isEqualTo("text");
        assertThat(Decoders.standard().decode(utf8("<3 you"), Headers.NONE, null).decoder())
                .isEqualTo("text");
    }

    @Test
    void nothing_is_expanded_and_nothing_is_fetched() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(200);
            var address = "http://127.0.0.1:" + server.getLocalPort() + "/x";
            for (var hostile :
                    List.of(
                            "<!DOCTYPE a SYSTEM \"" + address + "\"><a/>",
                            "<!DOCTYPE a [<!ENTITY x SYSTEM \"" + address + "\">]><a>&x;</a>",
                            "<!DOCTYPE a [<!ENTITY % p SYSTEM \"" + address + "\"> %p;]><a/>",
                            "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>")) {
                var shown = PrettyPrinter.text(decode(hostile));

                assertThat(shown).doesNotContain("root:");
            }
            org.assertj.core.api.Assertions.assertThatThrownBy(server::accept)
                    .isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    void a_billion_laughs_stay_a_few_bytes() {
        var bomb = new StringBuilder("<!DOCTYPE l [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            bomb.append("<!ENTITY a%d \"&a%d;&a%d;&a%d;\">".formatted(i, i - 1, i - 1, i - 1));
        }
        bomb.append("]><l>&a29;</l>");

        assertThat(PrettyPrinter.text(decode(bomb.toString())).length()).isLessThan(5_000);
    }

    @Property(tries = 200)
    void text_and_attributes_survive(@ForAll("texts") String text, @ForAll("texts") String value)
            throws EditException {
        var pretty =
                XmlWriter.pretty(
                        new Tree.Obj(
                                List.of(
                                        new Tree.Member(
                                                "a",
                                                new Tree.Obj(
                                                        List.of(
                                                                member("@v", value),
                                                                member("b", text)))))));
        var written = decoder().encode(pretty, utf8("<a/>"), Headers.NONE);

        assertThat(PrettyPrinter.text(decode(new String(written, StandardCharsets.UTF_8))))
                .isEqualTo(pretty);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withCharRange(' ', '~').withChars("äöü€<&\">").ofMaxLength(30);
    }

    private static Tree.Member member(String name, String text) {
        return new Tree.Member(name, new Tree.Text(text));
    }

    private static Tree tree(String xml) {
        return ((Decoded.Structured) decode(xml)).tree();
    }

    private static Decoded decode(String xml) {
        return new XmlDecoder().decode(utf8(xml), Headers.NONE, Limits.STANDARD);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
