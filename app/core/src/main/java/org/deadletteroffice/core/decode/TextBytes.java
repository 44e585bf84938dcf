package org.deadletteroffice.core.decode;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.deadletteroffice.spi.decode.PlainBytes;
import org.jspecify.annotations.Nullable;

/// Bytes read as text, and what must be known to write them back the same.
///
/// @param bom the byte order mark that stood before the text; empty for none
/// @param exact encoding `text` again gives the original bytes
/// @param badByte offset of the first byte that is not valid in `charset`; -1 where all are
record TextBytes(String text, Charset charset, byte[] bom, boolean exact, int badByte) {
    private static final byte[] NO_BOM = {};
    private static final byte[] UTF_8_BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] UTF_16BE_BOM = {(byte) 0xFE, (byte) 0xFF};
    private static final byte[] UTF_16LE_BOM = {(byte) 0xFF, (byte) 0xFE};

    /// In which ASCII is what it is: most payloads are that, and need no decoder.
    private static final Set<Charset> HOLD_ASCII =
            Set.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, StandardCharsets.US_ASCII);

    static boolean beginWithMark(byte[] bytes) {
        return startsWith(bytes, UTF_8_BOM)
                || startsWith(bytes, UTF_16BE_BOM)
                || startsWith(bytes, UTF_16LE_BOM);
    }

    /// Reads with the byte order mark's charset, else with `declared`, else as UTF-8; what is not
    /// valid becomes U+FFFD.
    static TextBytes read(byte[] bytes, @Nullable Charset declared) {
        if (startsWith(bytes, UTF_8_BOM)) {
            return read(bytes, UTF_8_BOM, StandardCharsets.UTF_8);
        }
        if (startsWith(bytes, UTF_16BE_BOM)) {
            return read(bytes, UTF_16BE_BOM, StandardCharsets.UTF_16BE);
        }
        if (startsWith(bytes, UTF_16LE_BOM)) {
            return read(bytes, UTF_16LE_BOM, StandardCharsets.UTF_16LE);
        }
        return read(bytes, NO_BOM, declared == null ? StandardCharsets.UTF_8 : declared);
    }

    private static TextBytes read(byte[] bytes, byte[] bom, Charset charset) {
        if (bom.length == 0 && HOLD_ASCII.contains(charset) && PlainBytes.isAscii(bytes)) {
            return new TextBytes(
                    new String(bytes, StandardCharsets.ISO_8859_1), charset, bom, true, -1);
        }
        var rest = ByteBuffer.wrap(bytes, bom.length, bytes.length - bom.length);
        var decoder =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            var text = decoder.decode(rest.duplicate()).toString();
            return new TextBytes(text, charset, bom, true, -1);
        } catch (CharacterCodingException notValid) {
            decoder.reset();
            var chars =
                    CharBuffer.allocate(
                            (int) Math.ceil(rest.remaining() * (double) decoder.maxCharsPerByte()));
            var stopped = rest.duplicate();
            decoder.decode(stopped, chars, true);
            var text = new String(bytes, bom.length, bytes.length - bom.length, charset);
            return new TextBytes(text, charset, bom, false, stopped.position());
        }
    }

    boolean hasBom() {
        return bom.length > 0;
    }

    /// `edited` in this charset, behind the same byte order mark; null where the charset has no
    /// byte for one of its characters.
    byte @Nullable [] encode(String edited) {
        try {
            var body =
                    charset.newEncoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .encode(CharBuffer.wrap(edited));
            var bytes = new byte[bom.length + body.remaining()];
            System.arraycopy(bom, 0, bytes, 0, bom.length);
            body.get(bytes, bom.length, body.remaining());
            return bytes;
        } catch (CharacterCodingException notInCharset) {
            return null;
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        if (bytes.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (bytes[i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
