package org.deadletteroffice.core.decode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.deadletteroffice.core.schema.SchemaText;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Numerals;

/// An Avro object container file (Avro specification 1.12, "Object container files"): its schema,
/// and blocks of values behind it. Codecs: null, deflate, snappy, zstandard.
final class AvroFile {
    private static final int SYNC = 16;

    private final Limits limits;
    private final byte[] bytes;
    private final ByteCursor in;
    private final Map<String, byte[]> meta = new HashMap<>();
    private final AvroCodec schema;
    private final byte[] sync;
    private final int blocks;

    private AvroFile(byte[] bytes, Limits limits) throws UnreadableException {
        this.bytes = bytes;
        this.limits = limits;
        this.in = new ByteCursor(bytes, limits);
        in.skip(4);
        for (long left = in.zigzag(); left != 0; left = in.zigzag()) {
            if (left < 0) {
                in.zigzag();
                left = -left;
            }
            for (; left > 0; left--) {
                in.value();
                var name = new String(in.bytes(in.zigzag()), StandardCharsets.UTF_8);
                meta.put(name, in.bytes(in.zigzag()));
            }
        }
        sync = in.bytes(SYNC);
        blocks = in.at();
        schema =
                AvroCodec.of(
                        new SchemaText(
                                SchemaText.Kind.AVRO,
                                text("avro.schema"),
                                Map.of(),
                                "the file's own schema"));
    }

    static AvroFile open(byte[] bytes, Limits limits) throws UnreadableException {
        if (!AvroFileDecoder.begins(bytes)) {
            throw new UnreadableException("it does not begin with Avro's magic number", 0);
        }
        return new AvroFile(bytes, limits);
    }

    private String text(String name) {
        return new String(meta.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    String schemaName() {
        return schema.name();
    }

    /// The values of all blocks, in order.
    List<Tree> read() throws UnreadableException {
        var all = new ArrayList<Tree>();
        int unpacked = 0;
        while (in.left() > 0) {
            long count = in.zigzag();
            var packed = in.bytes(in.zigzag());
            var content = unpacked(packed);
            unpacked += content.length;
            if (unpacked > limits.bytes()) {
                throw in.stop(
                        "it unpacks to more than %s bytes".formatted(Numerals.of(limits.bytes())));
            }
            var part = new ByteCursor(content, limits);
            part.countedBy(in);
            all.addAll(schema.readAll(part, count));
            in.countedBy(part);
            if (!Arrays.equals(in.bytes(SYNC), sync)) {
                throw in.stop("a block does not end with its mark");
            }
        }
        return all;
    }

    private byte[] unpacked(byte[] packed) throws UnreadableException {
        var codec = text("avro.codec");
        var content =
                switch (codec) {
                    case "", "null" -> packed;
                    case "deflate" -> unpacked(Compression.DEFLATE, packed);
                    case "zstandard" -> unpacked(Compression.ZSTD, packed);
                    // Four bytes of check sum stand behind it.
                    case "snappy" ->
                            unpacked(
                                    Compression.SNAPPY,
                                    Arrays.copyOf(packed, Math.max(0, packed.length - 4)));
                    default -> throw in.stop("its codec '" + codec + "' is not read here");
                };
        return content;
    }

    private byte[] unpacked(Compression compression, byte[] packed) throws UnreadableException {
        var content = compression.unwrap(packed, Headers.NONE, limits);
        if (!content.problem().isEmpty()) {
            throw in.stop("a block cannot be unpacked");
        }
        return content.bytes();
    }

    /// The file with these values in one block; head, codec and mark stay.
    byte[] write(Tree edited) throws EditException {
        if (!(edited instanceof Tree.Arr(var items))) {
            throw TreeEdit.cannot("A container file holds a list of values.");
        }
        var content = new ByteArrayOutputStream();
        for (int i = 0; i < items.size(); i++) {
            content.writeBytes(schema.fresh(items.get(i), "$[" + i + "]"));
        }
        var packed = packed(content.toByteArray());
        var out = new ByteArrayOutputStream();
        out.write(bytes, 0, blocks);
        AvroWriting.zigzag(out, items.size());
        AvroWriting.zigzag(out, packed.length);
        out.writeBytes(packed);
        out.writeBytes(sync);
        return out.toByteArray();
    }

    private byte[] packed(byte[] content) {
        return switch (text("avro.codec")) {
            case "deflate" -> Compression.DEFLATE.compress(content, content);
            case "zstandard" -> Compression.ZSTD.compress(content, content);
            case "snappy" -> {
                var checked = new ByteArrayOutputStream();
                checked.writeBytes(Compression.SNAPPY.compress(content, new byte[0]));
                var crc = new CRC32();
                crc.update(content);
                for (int shift = 24; shift >= 0; shift -= 8) {
                    checked.write((int) (crc.getValue() >>> shift));
                }
                yield checked.toByteArray();
            }
            default -> content;
        };
    }
}
