package org.deadletteroffice.core.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import org.deadletteroffice.core.browse.Fates;
import org.deadletteroffice.core.browse.Groups;
import org.deadletteroffice.core.browse.Messages;
import org.deadletteroffice.core.cause.Causes;
import org.deadletteroffice.core.decode.Decoders;
import org.deadletteroffice.core.query.Filter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptIndexTest {
    private static final long MOST_MILLIS = 300;

    /// 128 MiB for a million messages.
    private static final double MOST_BYTES_EACH = 128.0 * 1024 * 1024 / 1_000_000;

    @TempDir Path folder;

    private Messages messages(GeneratedTopic topic) {
        var connection = topic.connection();
        return new Messages(
                _ -> connection,
                Fates.NONE,
                _ -> Decoders.standard(),
                _ -> Optional.empty(),
                Causes.standard(),
                new IndexFolder(folder, Causes.standard(), Clock.systemUTC()));
    }

    private static Groups groups(Messages messages) throws Exception {
        return messages.groups(GeneratedTopic.QUEUE, Filter.all(), true, _ -> {});
    }

    private Groups opened(GeneratedTopic topic) throws Exception {
        try (var messages = messages(topic)) {
            return groups(messages);
        }
    }

    @Test
    void the_next_start_reads_only_what_is_new() throws Exception {
        var topic = new GeneratedTopic("t1", 5_000);
        var before = opened(topic);
        topic.grow(70);

        var after = opened(topic);
        var again = opened(topic);

        assertThat(topic.read()).isEqualTo(5_070);
        assertThat(before.completeness().read()).isEqualTo(5_000);
        assertThat(after.completeness().read()).isEqualTo(5_070);
        assertThat(after.completeness().complete()).isTrue();
        assertThat(again.groups()).isEqualTo(after.groups()).hasSize(7);
        assertThat(again.groups()).isEqualTo(fresh(topic).groups());
    }

    private static Groups fresh(GeneratedTopic topic) throws Exception {
        var connection = topic.connection();
        return groups(new Messages(_ -> connection, Fates.NONE));
    }

    @Test
    void a_long_look_is_kept_before_the_program_ends() throws Exception {
        var topic = new GeneratedTopic("t1", 5_000);
        groups(messages(topic));

        opened(topic);

        assertThat(topic.read()).isEqualTo(5_000);
    }

    @Test
    void an_index_of_a_topic_that_was_made_anew_is_not_used() throws Exception {
        opened(new GeneratedTopic("t1", 3_000));
        var anew = new GeneratedTopic("t2", 2_000);

        assertThat(opened(anew).completeness().read()).isEqualTo(2_000);
        assertThat(anew.read()).isEqualTo(2_000);
    }

    @Test
    void a_topic_that_was_shortened_is_read_again() throws Exception {
        opened(new GeneratedTopic("t1", 3_000));

        assertThat(opened(new GeneratedTopic("t1", 1_000)).completeness().read()).isEqualTo(1_000);
    }

    @Test
    void only_all_messages_are_kept_and_no_filter() throws Exception {
        var topic = new GeneratedTopic("t1", 3_000);
        try (var messages = messages(topic)) {
            messages.groups(GeneratedTopic.QUEUE, Filter.parse("Failure3"), true, _ -> {});
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_damaged_or_foreign_file_is_made_anew() throws Exception {
        var expected = opened(new GeneratedTopic("t1", 1_200)).groups();
        var file = file();
        var whole = Files.readAllBytes(file);
        var random = new Random(17);
        for (int i = 0; i < 40; i++) {
            var damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            Files.write(file, i % 3 == 0 ? cut(damaged, random) : damaged);
            var topic = new GeneratedTopic("t1", 1_200);

            assertThat(opened(topic).groups()).isEqualTo(expected);
            assertThat(topic.read()).as("damage %d is seen", i).isEqualTo(1_200);
        }
        Files.writeString(file, "not an index at all");
        assertThat(opened(new GeneratedTopic("t1", 1_200)).groups()).isEqualTo(expected);
    }

    private static byte[] cut(byte[] bytes, Random random) {
        return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }

    private Path file() throws IOException {
        try (var files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void a_folder_that_cannot_be_written_stops_nothing() throws Exception {
        Files.delete(folder);
        Files.writeString(folder, "a file where the folder should be");

        assertThat(opened(new GeneratedTopic("t1", 2_000)).completeness().read()).isEqualTo(2_000);
        Files.delete(folder);
        Files.createDirectory(folder);
    }

    @Test
    void a_hundred_thousand_messages_are_small_and_open_at_once() throws Exception {
        measure(100_000);
    }

    @Test
    @Tag("soak")
    void a_million_messages_are_small_and_open_at_once() throws Exception {
        measure(1_000_000);
    }

    /// More kinds of failures than groups are told apart, each with a long message.
    @Test
    @Tag("soak")
    void a_million_messages_of_all_kinds_stay_below_128_MiB() throws Exception {
        opened(new GeneratedTopic("t0", 20_000));
        var topic =
                new GeneratedTopic(
                        "t1",
                        1_000_000,
                        MessageIndex.MAX_GROUPS + 5_000,
                        ", as the warehouse did not answer".repeat(30));
        long before = used();
        var messages = messages(topic);
        groups(messages);
        long held = used() - before;
        messages.close();

        System.out.printf("Index of a million messages of all kinds: %,d bytes%n", held);
        assertThat(held).isLessThan(128L << 20);
    }

    private void measure(int size) throws Exception {
        // The classes that the first look loads are the window's, not the index's.
        opened(new GeneratedTopic("t0", 20_000));
        var topic = new GeneratedTopic("t1", size);
        long before = used();
        var messages = messages(topic);
        groups(messages);
        double each = (double) (used() - before) / size;
        messages.close();

        // The best of three: a pause of the machine is none of the index.
        long millis = Long.MAX_VALUE;
        var again = opened(topic);
        long readBefore = topic.read();
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            again = opened(topic);
            millis = Math.min(millis, (System.nanoTime() - start) / 1_000_000);
        }

        System.out.printf(
                "Index of %,d messages: %.0f bytes each, opened again in %d ms, file %,d bytes%n",
                size, each, millis, Files.size(file()));
        assertThat(again.completeness().read()).isEqualTo(size);
        assertThat(topic.read()).isEqualTo(readBefore);
        assertThat(each).as("bytes a message").isLessThan(MOST_BYTES_EACH);
        assertThat(millis).as("milliseconds").isLessThan(MOST_MILLIS);
    }

    /// Bytes of the heap that something holds.
    private static long used() {
        var runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
