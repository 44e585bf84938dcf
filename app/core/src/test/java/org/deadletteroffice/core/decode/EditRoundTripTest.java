package org.deadletteroffice.core.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.deadletteroffice.core.schema.SchemaText;
import org.deadletteroffice.core.schema.SchemaText.Kind;
import org.deadletteroffice.core.schema.Schemas.Answer;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;

/// What is edited comes back in its format, charset, schema id and wrappings; what is not stays as
/// it was, byte by byte. CBOR, MessagePack, Smile, Avro and Protobuf have the like in the tests of
/// their own.
class EditRoundTripTest {
    private static final Schema LINE =
            new Schema.Parser()
                    .parse(
                            """
                            {"type":"record","name":"Line","fields":[
                              {"name":"sku","type":"string"},
                              {"name":"n","type":"long"},
                              {"name":"tags","type":{"type":"array","items":"string"}},
                              {"name":"note","type":["null","string"]}]}""");

    private final Decoders decoders = Decoders.standard();

    private record Edited(String decoder, byte[] payload) {}

    /// Edited by whichever decoder is chosen for it; first left as it is.
    private static Edited edited(
            Decoders decoders, byte[] payload, Headers headers, UnaryOperator<String> edit)
            throws EditException {
        var name = decoders.decode(payload, headers, null).decoder();
        var decoder = decoders.named(name).orElseThrow();
        var text = decoder.editText(payload, headers, Limits.STANDARD).orElseThrow();
        assertThat(decoder.encode(text, payload, headers)).isEqualTo(payload);
        return new Edited(name, decoder.encode(edit.apply(text), payload, headers));
    }

    private Tree tree(byte[] payload, Headers headers) {
        var decoded = decoders.decode(payload, headers, null).decoded();
        return ((Decoded.Structured) decoded).tree();
    }

    private static Tree json(String text) {
        return Objects.requireNonNull(JsonReader.read(text, 200).tree());
    }

    /// @param mark a byte order mark, or nothing
    /// @param end behind the value
    private record Style(Charset charset, String mark, boolean indented, String end) {
        byte[] write(Tree tree) {
            var text = indented ? JsonWriter.pretty(tree) : JsonWriter.compact(tree);
            return (mark + text + end).getBytes(charset);
        }
    }

    @Property(tries = 300)
    void json_keeps_its_charset_and_layout(
            @ForAll("trees") Tree tree, @ForAll("styles") Style style) throws EditException {
        var payload = style.write(tree);
        var charset = style.mark().isEmpty() ? "; charset=" + style.charset() : "";
        var headers = Headers.of(Header.of("content-type", "application/json" + charset));
        var changed = Generated.changed(tree);

        var edited = edited(decoders, payload, headers, _ -> JsonWriter.pretty(changed));

        assertThat(edited.decoder()).isEqualTo("json");
        assertThat(Generated.plain(tree(edited.payload(), headers)))
                .isEqualTo(Generated.plain(changed));
        var text = new String(edited.payload(), style.charset());
        assertThat(text).startsWith(style.mark());
        if (!style.indented()) {
            assertThat(text.strip()).doesNotContain("\n");
        }
    }

    @Property(tries = 200)
    void each_line_of_ndjson_is_edited_alone(
            @ForAll("trees") Tree one,
            @ForAll("trees") Tree other,
            @ForAll("trees") Tree last,
            @ForAll("lineEnds") String end,
            @ForAll boolean ended)
            throws EditException {
        var changed = line(Generated.changed(other));
        var before = List.of(line(one), line(other));
        var tail = end + line(last) + (ended ? end : "");
        var payload = (String.join(end, before) + tail).getBytes(UTF_8);

        var edited = edited(decoders, payload, Headers.NONE, text -> lined(text, changed));

        assertThat(edited.decoder()).isEqualTo("ndjson");
        assertThat(new String(edited.payload(), UTF_8))
                .isEqualTo(before.getFirst() + end + changed + tail);
    }

    private static String line(Tree value) {
        return JsonWriter.compact(new Tree.Obj(List.of(new Tree.Member("value", value))));
    }

    /// With its second line replaced.
    private static String lined(String text, String second) {
        int from = text.indexOf('\n') + 1;
        int to = text.indexOf('\n', from);
        boolean returns = text.charAt(to - 1) == '\r';
        return text.substring(0, from) + second + text.substring(returns ? to - 1 : to);
    }

    @Property(tries = 200)
    void yaml_is_edited_as_its_text(@ForAll("asciiTrees") Tree tree) throws EditException {
        var changed = Generated.changed(tree);
        var edited =
                edited(
                        decoders,
                        ("---\n" + JsonWriter.compact(tree)).getBytes(UTF_8),
                        Headers.NONE,
                        _ -> "---\n" + JsonWriter.compact(changed));

        assertThat(edited.decoder()).isEqualTo("yaml");
        assertThat(Generated.plain(tree(edited.payload(), Headers.NONE)))
                .isEqualTo(Generated.plain(changed));
    }

    @Property(tries = 200)
    void an_event_keeps_its_attributes(@ForAll("trees") Tree data) throws EditException {
        var event =
                """
                {"specversion":"1.0","id":"e-1","source":"/shop","type":"t","data":%s}"""
                        .formatted(JsonWriter.compact(data));
        var changed = Generated.changed(data);

        var edited =
                edited(
                        decoders,
                        event.getBytes(UTF_8),
                        Headers.of(Header.of("content-type", "application/cloudevents+json")),
                        text -> withData(text, changed));

        assertThat(edited.decoder()).isEqualTo("cloudevents");
        assertThat(new String(edited.payload(), UTF_8))
                .startsWith("{\"specversion\":\"1.0\",\"id\":\"e-1\"");
        assertThat(Generated.plain(json(new String(edited.payload(), UTF_8))))
                .isEqualTo(Generated.plain(json(withData(event, changed))));
    }

    private static String withData(String event, Tree data) {
        var members = new ArrayList<>(((Tree.Obj) json(event)).members());
        members.removeLast();
        members.add(new Tree.Member("data", data));
        return JsonWriter.pretty(new Tree.Obj(members));
    }

    @Property(tries = 200)
    void text_keeps_its_charset(@ForAll("charsets") Charset charset, @ForAll("words") String words)
            throws EditException {
        Assume.that(charset.newEncoder().canEncode(words));
        var headers = Headers.of(Header.of("content-type", "text/plain; charset=" + charset));

        var edited = edited(decoders, words.getBytes(charset), headers, text -> text + " and more");

        assertThat(edited.decoder()).isEqualTo("text");
        assertThat(edited.payload()).isEqualTo((words + " and more").getBytes(charset));
    }

    @Property(tries = 100)
    void numbers_and_uuids_stay_as_long_as_they_were(
            @ForAll int small, @ForAll long large, @ForAll long other) throws EditException {
        var number = decoders.named("number").orElseThrow();
        var four = ByteBuffer.allocate(4).putInt(small).array();
        var eight = ByteBuffer.allocate(8).putLong(large).array();
        var sixteen = ByteBuffer.allocate(16).putLong(large).putLong(other).array();
        for (var bytes : List.of(four, eight, sixteen)) {
            var text = number.editText(bytes, Headers.NONE, Limits.STANDARD).orElseThrow();
            assertThat(number.encode(text, bytes, Headers.NONE)).isEqualTo(bytes);
        }

        assertThat(number.encode("" + large, new byte[8], Headers.NONE)).isEqualTo(eight);
        assertThat(number.encode("" + small, new byte[4], Headers.NONE)).isEqualTo(four);
        assertThat(number.encode("" + new UUID(large, other), new byte[16], Headers.NONE))
                .isEqualTo(sixteen);
    }

    @Property(tries = 100)
    void a_container_is_read_by_its_library_after_an_edit(
            @ForAll @Size(min = 1, max = 6) List<@From("words") String> skus,
            @ForAll("codecs") String codec,
            @ForAll long n)
            throws EditException, IOException {
        var lines = skus.stream().map(sku -> line(sku, n)).toList();
        var payload = container(lines, codec);

        var edited =
                edited(
                        decoders,
                        payload,
                        Headers.NONE,
                        text -> text.replaceFirst("\"n\": -?\\d+", "\"n\": 4711"));

        assertThat(edited.decoder()).isEqualTo("avro-file");
        var expected = new ArrayList<>(lines);
        expected.set(0, line(skus.getFirst(), 4711));
        try (var reader =
                new DataFileReader<GenericRecord>(
                        new SeekableByteArrayInput(edited.payload()), new GenericDatumReader<>())) {
            assertThat(reader.getMetaString("avro.codec")).isEqualTo(codec);
            var read = new ArrayList<GenericRecord>();
            reader.forEach(read::add);
            assertThat(read).hasToString(expected.toString());
        }
    }

    private static GenericRecord line(String sku, long n) {
        var line = new GenericData.Record(LINE);
        line.put("sku", sku);
        line.put("n", n);
        line.put("tags", List.of(sku, "x"));
        line.put("note", sku.length() % 2 == 0 ? null : sku);
        return line;
    }

    private static byte[] container(List<GenericRecord> lines, String codec) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(LINE))) {
            writer.setCodec(CodecFactory.fromString(codec));
            writer.create(LINE, out);
            for (var line : lines) {
                writer.append(line);
            }
        }
        return out.toByteArray();
    }

    @Property(tries = 100)
    void a_framed_payload_keeps_its_schema_id(
            @ForAll("trees") Tree tree, @ForAll @IntRange(min = 1, max = 50_000_000) int id)
            throws EditException {
        var any = new Answer.Found(new SchemaText(Kind.JSON, "{\"title\":\"Any\"}", Map.of(), "x"));
        var withSchemas = decoders.with(_ -> any);
        var frame = ByteBuffer.allocate(5).put((byte) 0).putInt(id).array();
        var changed = Generated.changed(tree);
        var payload = joined(frame, JsonWriter.compact(tree).getBytes(UTF_8));
        // Eight bytes that say a time are taken for one.
        Assume.that(
                payload.length != 8 || !NumberDecoder.isTime(ByteBuffer.wrap(payload).getLong()));

        var edited = edited(withSchemas, payload, Headers.NONE, _ -> JsonWriter.pretty(changed));

        assertThat(edited.decoder()).isEqualTo("registry");
        assertThat(edited.payload()).startsWith(frame);
        var rest = new String(edited.payload(), 5, edited.payload().length - 5, UTF_8);
        assertThat(Generated.plain(json(rest))).isEqualTo(Generated.plain(changed));
    }

    /// One way to wrap, and how a reading of it begins.
    private enum Layer {
        GZIP,
        ZLIB,
        ZSTD,
        LZ4,
        BASE64,
        SNS;

        byte[] wrap(byte[] inner) {
            return switch (this) {
                case GZIP -> Compression.GZIP.compress(inner, new byte[0]);
                case ZLIB -> Compression.ZLIB.compress(inner, new byte[0]);
                case ZSTD -> Compression.ZSTD.compress(inner, new byte[0]);
                case LZ4 -> Compression.LZ4.compress(inner, new byte[0]);
                case BASE64 -> Base64.getEncoder().encode(inner);
                case SNS ->
                        """
                        {"Type":"Notification","MessageId":"m-1","TopicArn":"arn:aws:sns:eu-central-1:1:orders","Message":%s,"Timestamp":"2026-05-02T00:54:06.655Z"}"""
                                .formatted(
                                        JsonWriter.compact(new Tree.Text(new String(inner, UTF_8))))
                                .getBytes(UTF_8);
            };
        }

        boolean takes(List<Layer> inside) {
            return switch (this) {
                case SNS -> inside.isEmpty() || inside.getLast() == BASE64;
                // What it is not told from by its first bytes, base64 does not hide.
                case BASE64 -> inside.isEmpty() || inside.getLast() != ZLIB;
                default -> true;
            };
        }
    }

    @Property(tries = 300)
    void wrappings_in_one_another_are_put_back(
            @ForAll("words") String words,
            @ForAll @Size(min = 1, max = 4) List<@From("layers") Layer> wanted)
            throws EditException {
        var layers = new ArrayList<Layer>();
        var inner = JsonWriter.compact(order(words, "DE"));
        var payload = inner.getBytes(UTF_8);
        var names = "json";
        for (var layer : wanted) {
            if (layer.takes(layers)) {
                payload = layer.wrap(payload);
                layers.add(layer);
                names = layer.name().toLowerCase(Locale.ROOT) + "+" + names;
            }
        }

        var edited =
                edited(decoders, payload, Headers.NONE, _ -> JsonWriter.pretty(order(words, "FR")));

        var reading = decoders.decode(edited.payload(), Headers.NONE, null).decoded();
        assertThat(reading.format()).isEqualTo(names);
        assertThat(innermost(reading, edited.payload()))
                .isEqualTo(JsonWriter.compact(order(words, "FR")));
    }

    private static Tree order(String words, String country) {
        return new Tree.Obj(
                List.of(
                        new Tree.Member("note", new Tree.Text(words)),
                        new Tree.Member("country", new Tree.Text(country))));
    }

    private static String innermost(Decoded decoded, byte[] bytes) {
        return decoded instanceof Decoded.Wrapped wrapped
                ? innermost(wrapped.inner(), wrapped.bytes())
                : new String(bytes, UTF_8);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
    }

    @Provide
    Arbitrary<Tree> trees() {
        return Generated.trees();
    }

    @Provide
    Arbitrary<Tree> asciiTrees() {
        return Generated.asciiTrees();
    }

    @Provide
    Arbitrary<Style> styles() {
        return Arbitraries.of(
                new Style(UTF_8, "", false, ""),
                new Style(UTF_8, "", true, "\n"),
                new Style(UTF_8, "\uFEFF", false, "\n"),
                new Style(UTF_16LE, "\uFEFF", true, ""),
                new Style(UTF_16BE, "\uFEFF", false, ""),
                new Style(UTF_16LE, "", false, ""),
                new Style(UTF_16BE, "", true, "\r\n"));
    }

    @Provide
    Arbitrary<String> lineEnds() {
        return Arbitraries.of("\n", "\r\n");
    }

    @Provide
    Arbitrary<Charset> charsets() {
        return Arbitraries.of(
                        "windows-1252", "ISO-8859-15", "Shift_JIS", "KOI8-R", "GB18030", "IBM037")
                .map(Charset::forName)
                .flatMap(charset -> Arbitraries.of(charset, UTF_8, ISO_8859_1, UTF_16LE));
    }

    /// Printable, with letters that not every charset has.
    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings()
                .alpha()
                .withChars("äßñ€Жあ漢 '\"\\,;.-")
                .ofMinLength(12)
                .ofMaxLength(60)
                .map(text -> "Order: " + text);
    }

    @Provide
    Arbitrary<String> codecs() {
        return Arbitraries.of("null", "deflate", "snappy", "zstandard");
    }

    @Provide
    Arbitrary<Layer> layers() {
        return Arbitraries.of(Layer.values());
    }
}
