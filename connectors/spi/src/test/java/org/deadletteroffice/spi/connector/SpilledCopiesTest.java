package org.deadletteroffice.spi.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SpilledCopiesTest {
    private static final long SLACK = 500;

    /// Files on a disk that fails when asked to.
    private static final class Disk implements SpilledCopies.Rooms {
        private BooleanSupplier fails = () -> false;
        private int open;
        private int failed;

        @Override
        public CopiesRoom open() throws IOException {
            fail();
            open++;
            return new Room(CopiesFile.open());
        }

        private void fail() throws IOException {
            if (fails.getAsBoolean()) {
                failed++;
                throw new IOException("no space left on device");
            }
        }

        private final class Room implements CopiesRoom {
            private final CopiesRoom real;

            Room(CopiesRoom real) {
                this.real = real;
            }

            @Override
            public void write(long at, byte[] bytes) throws IOException {
                real.write(at, Arrays.copyOf(bytes, bytes.length / 2));
                fail();
                real.write(at, bytes);
            }

            @Override
            public byte[] read(long at, int length) throws IOException {
                fail();
                return real.read(at, length);
            }

            @Override
            public void sync() throws IOException {
                fail();
                real.sync();
            }

            @Override
            public void close() {
                open--;
                real.close();
            }
        }
    }

    @Property(tries = 50)
    void a_disk_that_fails_now_and_then_costs_no_copy(@ForAll long seed) throws Exception {
        var random = new Random(seed);
        var disk = new Disk();
        disk.fails = () -> random.nextInt(30) == 0;
        var kept = new TreeMap<Integer, byte[]>();
        try (var copies = new SpilledCopies(disk, SLACK)) {
            for (var number = 0; number < 300; number++) {
                var bytes = bytes(random);
                try {
                    copies.write(number, bytes);
                    kept.put(number, bytes);
                } catch (IOException refused) {
                    assertThat(refused).hasMessage("no space left on device");
                }
                while (!kept.isEmpty() && random.nextInt(2) == 0) {
                    var dropped = List.copyOf(kept.keySet()).get(random.nextInt(kept.size()));
                    copies.drop(dropped);
                    kept.remove(dropped);
                }
            }
            disk.fails = () -> false;
            assertThere(copies, kept);
        }
        assertThat(disk.open).isZero();
    }

    private static byte[] bytes(Random random) {
        var bytes = new byte[1 + random.nextInt(100)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void assertThere(SpilledCopies copies, Map<Integer, byte[]> kept)
            throws IOException {
        for (var entry : kept.entrySet()) {
            assertThat(copies.read(entry.getKey()))
                    .as("copy " + entry.getKey())
                    .isEqualTo(entry.getValue());
        }
    }

    @Test
    void a_lack_of_memory_on_the_way_to_a_new_file_leaves_none_open() throws Exception {
        var disk = new Disk();
        var kept = new TreeMap<Integer, byte[]>();
        try (var copies = new SpilledCopies(disk, SLACK)) {
            for (var number = 0; number < 40; number++) {
                write(copies, kept, number);
            }
            for (var number = 0; number < 36; number++) {
                copies.drop(number);
                kept.remove(number);
            }
            var left = new int[] {3};
            disk.fails =
                    () -> {
                        if (left[0]-- == 0) {
                            throw new OutOfMemoryError("a test");
                        }
                        return false;
                    };

            assertThatThrownBy(() -> copies.write(40, new byte[100]))
                    .isInstanceOf(OutOfMemoryError.class);

            assertThat(disk.open).as("the old one alone").isEqualTo(1);
            assertThere(copies, kept);
        }
        assertThat(disk.open).isZero();
    }

    /// To a new file, from a full one: its making, ten reads and writes, and the sync.
    @Test
    void whichever_step_of_the_way_to_a_new_file_fails_the_old_one_is_whole() throws Exception {
        for (var step = 0; step < 22; step++) {
            var disk = new Disk();
            var random = new Random(step);
            var kept = new TreeMap<Integer, byte[]>();
            try (var copies = new SpilledCopies(disk, SLACK)) {
                for (var number = 0; number < 40; number++) {
                    var bytes = new byte[100];
                    random.nextBytes(bytes);
                    copies.write(number, bytes);
                    kept.put(number, bytes);
                }
                for (var number = 0; number < 40; number++) {
                    if (number % 4 != 3) {
                        copies.drop(number);
                        kept.remove(number);
                    }
                }
                var left = new int[] {step};
                disk.fails = () -> left[0]-- == 0;

                write(copies, kept, 40);

                assertThat(disk.failed).isEqualTo(1);
                assertThat(disk.open).as("the new one is let go").isEqualTo(1);
                assertThere(copies, kept);
                assertThat(copies.fileBytes()).isEqualTo(4_100);

                for (var number = 41; number < 50; number++) {
                    write(copies, kept, number);
                }
                assertThat(copies.fileBytes()).as("it went later").isLessThan(4_000);
                assertThere(copies, kept);
            }
            assertThat(disk.open).isZero();
        }
    }

    private static void write(SpilledCopies copies, Map<Integer, byte[]> kept, int number)
            throws IOException {
        var bytes = new byte[100];
        Arrays.fill(bytes, (byte) number);
        copies.write(number, bytes);
        kept.put(number, bytes);
    }

    @Test
    void what_could_not_be_written_is_not_there_and_harms_no_other() throws Exception {
        var disk = new Disk();
        try (var copies = new SpilledCopies(disk, SLACK)) {
            copies.write(0, new byte[] {1, 2, 3, 4});
            disk.fails = () -> true;
            assertThatThrownBy(() -> copies.write(1, new byte[] {5, 6, 7, 8}))
                    .isInstanceOf(IOException.class);
            disk.fails = () -> false;
            assertThat(copies.read(1)).isNull();
            copies.write(2, new byte[] {9});
            assertThat(copies.read(0)).containsExactly(1, 2, 3, 4);
            assertThat(copies.read(2)).containsExactly(9);
        }
    }
}
