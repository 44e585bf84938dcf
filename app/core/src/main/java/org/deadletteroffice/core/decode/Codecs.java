package org.deadletteroffice.core.decode;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.xxhash.XXHashFactory;
import org.brotli.dec.BrotliInputStream;
import org.deadletteroffice.core.decode.Compression.TooLargeException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedInputStream;
import org.xerial.snappy.SnappyFramedOutputStream;
import org.xerial.snappy.SnappyInputStream;
import org.xerial.snappy.SnappyOutputStream;

/// The codecs that are libraries, named in this class alone: it loads when a payload first needs
/// one.
final class Codecs {
    /// A frame may ask for a window of gigabytes; 16 MiB is as much as is unpacked.
    private static final int ZSTD_WINDOW_LOG = 24;

    static InputStream zstd(InputStream in) throws IOException {
        return new ZstdInputStream(in).setLongMax(ZSTD_WINDOW_LOG);
    }

    static byte[] toZstd(byte[] bytes) {
        return Zstd.compress(bytes);
    }

    /// In Java throughout: nothing is unpacked into a temporary folder for it.
    static InputStream lz4(InputStream in) throws IOException {
        return new LZ4FrameInputStream(
                in,
                LZ4Factory.safeInstance().safeDecompressor(),
                XXHashFactory.safeInstance().hash32());
    }

    static byte[] toLz4(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var compressing =
                new LZ4FrameOutputStream(
                        out,
                        LZ4FrameOutputStream.BLOCKSIZE.SIZE_64KB,
                        -1L,
                        LZ4Factory.safeInstance().fastCompressor(),
                        XXHashFactory.safeInstance().hash32(),
                        LZ4FrameOutputStream.FLG.Bits.BLOCK_INDEPENDENCE)) {
            compressing.write(bytes);
        }
        return out.toByteArray();
    }

    /// @param framed it begins with the magic number of one of the two framings
    static InputStream snappy(byte[] bytes, boolean framed) throws IOException {
        if (framed) {
            var in = new ByteArrayInputStream(bytes);
            return isXerial(bytes)
                    ? new SnappyInputStream(in, Limits.STANDARD.bytes())
                    : new SnappyFramedInputStream(in);
        }
        if (Snappy.uncompressedLength(bytes) > Limits.STANDARD.bytes()) {
            throw new TooLargeException();
        }
        return new ByteArrayInputStream(Snappy.uncompress(bytes));
    }

    private static boolean isXerial(byte[] bytes) {
        return bytes[0] == (byte) 0x82;
    }

    static byte[] toSnappy(byte[] bytes, byte[] original, boolean framed) throws IOException {
        if (!framed) {
            return Snappy.compress(bytes);
        }
        var out = new ByteArrayOutputStream();
        try (var compressing =
                isXerial(original)
                        ? new SnappyOutputStream(out)
                        : new SnappyFramedOutputStream(out)) {
            compressing.write(bytes);
        }
        return out.toByteArray();
    }

    static InputStream brotli(InputStream in) throws IOException {
        return new BrotliInputStream(in);
    }

    private Codecs() {}
}
