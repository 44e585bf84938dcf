package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.deadletteroffice.core.decode.DecoderContractTest.Sample;
import org.deadletteroffice.spi.message.Headers;

/// Samples of all formats, cut, flipped, put into one another, and read by whatever takes them.
class FuzzedDecodersTest {
    private static final long MOST_BYTES = 64L << 20;
    private static final long MOST_NANOS = 2_000_000_000L;

    private static final RegistryReadingTest FRAMED = new RegistryReadingTest();

    private static final List<Sample> SAMPLES =
            List.of(
                            FRAMED,
                            new AvroFileDecoderTest(),
                            new BytesDecoderTest(),
                            new CborDecoderTest(),
                            new CloudEventsDecoderTest(),
                            new EnvelopesTest(),
                            new ForeignObjectDecoderTest(),
                            new IonDecoderTest(),
                            new JavaDecoderTest(),
                            new JsonDecoderTest(),
                            new MessagePackDecoderTest(),
                            new NdjsonDecoderTest(),
                            new NumberDecoderTest(),
                            new ProtobufDecoderTest(),
                            new SmileDecoderTest(),
                            new TextDecoderTest(),
                            new XmlDecoderTest(),
                            new YamlDecoderTest())
                    .stream()
                    .flatMap(test -> test.samples().stream())
                    .toList();

    @Property(tries = 1_500)
    void nothing_throws_hangs_or_exhausts(@ForAll Random random) {
        read(random);
    }

    @Tag("soak")
    @Property(tries = 100_000)
    void nothing_throws_hangs_or_exhausts_in_the_long_run(@ForAll Random random) {
        read(random);
    }

    private static void read(Random random) {
        var sample = SAMPLES.get(random.nextInt(SAMPLES.size()));
        var other = SAMPLES.get(random.nextInt(SAMPLES.size()));
        var payload = damaged(sample.payload(), other.payload(), random);
        var headers = random.nextInt(3) == 0 ? other.headers() : sample.headers();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long start = threads.getCurrentThreadCpuTime();

        var reading =
                FRAMED.decoders()
                        .decode(payload, random.nextBoolean() ? headers : Headers.NONE, null);

        assertThat(reading.decoded().format()).isNotBlank();
        assertThat(threads.getCurrentThreadCpuTime() - start).isLessThan(MOST_NANOS);
        assertThat(threads.getCurrentThreadAllocatedBytes() - bytes).isLessThan(MOST_BYTES);
    }

    private static byte[] damaged(byte[] payload, byte[] other, Random random) {
        var bytes = payload.clone();
        if (random.nextInt(3) == 0 && bytes.length > 0) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(random.nextInt(other.length + 1), bytes.length - at);
            System.arraycopy(other, 0, bytes, at, length);
        }
        for (int i = random.nextInt(6); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> Compression.GZIP.compress(bytes, new byte[0]);
            default -> bytes;
        };
    }
}
