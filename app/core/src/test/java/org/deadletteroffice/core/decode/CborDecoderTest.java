package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
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

class CborDecoderTest extends DecoderContractTest {
    private static final Headers CBOR = Headers.of(Header.of("content-type", "application/cbor"));
    private static final ObjectMapper JACKSON = new ObjectMapper(new CBORFactory());

    @Override
    PayloadDecoder decoder() {
        return new CborDecoder();
    }

    @Override
    List<Sample> samples() {
        return List.of(
                // {"a": 1, "b": [2, 3]}, RFC 8949, appendix A
                sample("map", "a26161016162820203"),
                sample("indefinite map and list", "bf61610161629f0203ffff"),
                sample("text in chunks", "a161617f657374726561646d696e67ff"),
                sample("tagged time", "a16174c074323031332d30332d32315432303a30343a30305a"),
                sample("big number", "a1616ec249010000000000000000"),
                sample("self-described", "d9d9f7a1616101"),
                new Sample("declared number", hex("1903e8"), CBOR),
                sample("half, single, double", "a3616800616cf93c006173fa47c35000"),
                sample("bytes", "a1616244010203ff"));
    }

    @Override
    List<Edit> edits() {
        return List.of(
                edit("one number", "a26161016162820203", "1,", "24,", "a2616118186162820203"),
                edit("style stays", "bf61610161629f0203ffff", "3", "4", "bf61610161629f0204ffff"),
                edit(
                        "tag stays",
                        "a16174c074323031332d30332d32315432303a30343a30305a",
                        "2013",
                        "2014",
                        "a16174c074323031342d30332d32315432303a30343a30305a"),
                edit(
                        "big number",
                        "a1616ec249010000000000000000",
                        "18446744073709551616",
                        "18446744073709551617",
                        "a1616ec249010000000000000001"),
                edit(
                        "single width stays",
                        "a16173fa47c35000",
                        "100000.0",
                        "1.5",
                        "a16173fa3fc00000"),
                edit("half width stays", "a16168f93c00", "1.0", "0.5", "a16168f93800"),
                edit("bytes in base64", "a1616244010203ff", "AQID/w==", "AQI=", "a16162420102"));
    }

    @Override
    List<String> impossible() {
        return List.of("{\"a\":", "{\"a\":1} x");
    }

    @Test
    void knows_it_by_tag_by_header_and_by_reading_all_of_it() {
        assertThat(Decoders.standard().decode(hex("d9d9f7a1616101"), Headers.NONE, null).decoder())
                .isEqualTo("cbor");
        assertThat(Decoders.standard().decode(hex("a1616101"), Headers.NONE, null).decoder())
                .isEqualTo("cbor");
        assertThat(Decoders.standard().decode(hex("1903e8"), CBOR, null).decoder())
                .isEqualTo("cbor");
        assertThat(Decoders.standard().decode(hex("a161610102"), Headers.NONE, null).decoder())
                .isNotEqualTo("cbor");
    }

    @Test
    void says_where_a_declared_one_breaks_off() {
        var decoded = new CborDecoder().decode(hex("a2616101"), CBOR, Limits.STANDARD);

        assertThat(decoded).isInstanceOf(Decoded.Opaque.class);
        assertThat(decoded.issues().getFirst().where()).isEqualTo("byte 4");
    }

    @Test
    void keys_that_are_no_text_survive_an_edit() throws EditException {
        // {1: "a", -1: "b"}
        var cose = hex("a2016161206162");

        assertThat(
                        new CborDecoder()
                                .encode(
                                        "{\"1\":\"a\",\"-1\":\"c\",\"5\":null}",
                                        cose,
                                        Headers.NONE))
                .isEqualTo(hex("a301616120616305f6"));
    }

    @Property(tries = 300)
    void reads_and_writes_what_jackson_does(@ForAll("trees") Tree tree)
            throws IOException, EditException {
        var bytes = JACKSON.writeValueAsBytes(Generated.node(tree));
        var read = ((Decoded.Structured) decode(bytes)).tree();
        var edited = Generated.changed(read);

        assertThat(Generated.plain(read)).isEqualTo(Generated.plain(tree));
        var written = new CborDecoder().encode(JsonWriter.pretty(edited), bytes, Headers.NONE);
        assertThat(Generated.plain(((Decoded.Structured) decode(written)).tree()))
                .isEqualTo(Generated.plain(edited));
        assertThat(Generated.plain(Generated.tree(JACKSON.readTree(written))))
                .isEqualTo(Generated.plain(edited));
    }

    @Provide
    Arbitrary<Tree> trees() {
        return Generated.trees();
    }

    private static Decoded decode(byte[] bytes) {
        return new CborDecoder().decode(bytes, Headers.NONE, Limits.STANDARD);
    }

    private static Sample sample(String name, String hex) {
        return new Sample(name, hex(hex), Headers.NONE);
    }

    private static Edit edit(String name, String hex, String from, String to, String expected) {
        return new Edit(sample(name, hex), text -> text.replace(from, to), hex(expected));
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
