package org.deadletteroffice.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.deadletteroffice.core.store.StoreUnavailable;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.Origin;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    private static final QueueRef QUEUE = new QueueRef("p", "q", QueueKind.TOPIC);

    @Property(tries = 50)
    void every_message_comes_back_byte_for_byte(@ForAll("letters") List<DeadLetter> letters)
            throws Exception {
        var folder = Files.createTempDirectory("archive");
        try (var writer = new Archive(folder).writer("job", 1)) {
            writer.append(letters);
            var block = writer.append(letters);
            var read = new Archive(folder).read("job", QUEUE, block);
            assertThat(read).isEqualTo(letters);
            for (var i = 0; i < read.size(); i++) {
                assertThat(read.get(i).timestamp()).isEqualTo(letters.get(i).timestamp());
                assertThat(read.get(i).deliveries()).isEqualTo(letters.get(i).deliveries());
                assertThat(read.get(i).failure().origin())
                        .isEqualTo(letters.get(i).failure().origin());
            }
        } finally {
            new Archive(folder).forget("job");
            Files.delete(folder);
        }
    }

    @Provide
    Arbitrary<List<DeadLetter>> letters() {
        var bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(300).injectNull(0.2);
        var header =
                Combinators.combine(Arbitraries.strings().ofMaxLength(20), bytes).as(Header::new);
        var origin =
                Combinators.combine(
                                Arbitraries.strings().ofMaxLength(10).injectNull(0.3),
                                Arbitraries.integers().between(0, 9).injectNull(0.3),
                                Arbitraries.longs().greaterOrEqual(0).injectNull(0.3))
                        .as(Origin::new);
        return Combinators.combine(
                        Arbitraries.strings().ofMinLength(1).ofMaxLength(20),
                        bytes,
                        bytes,
                        header.list().ofMaxSize(5),
                        Arbitraries.longs().between(0, 4_102_444_800_000L).injectNull(0.2),
                        Arbitraries.integers().between(0, 99).injectNull(0.3),
                        origin)
                .as(
                        (id, key, payload, headers, time, deliveries, from) ->
                                new DeadLetter(
                                        QUEUE,
                                        new MessageId(id),
                                        key,
                                        payload,
                                        new Headers(headers),
                                        time == null ? null : Instant.ofEpochMilli(time),
                                        deliveries,
                                        Failure.builder().origin(from).build(),
                                        null))
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    @Test
    void a_damaged_block_is_told_and_never_taken_for_a_message(@TempDir Path folder)
            throws Exception {
        var archive = new Archive(folder);
        var letter =
                new DeadLetter(
                        QUEUE,
                        new MessageId("1"),
                        null,
                        new byte[500],
                        Headers.NONE,
                        null,
                        null,
                        Failure.NONE,
                        null);
        String block;
        try (var writer = archive.writer("job", 1)) {
            block = writer.append(List.of(letter));
        }
        var file = folder.resolve("job-1.dla");
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> archive.read("job", QUEUE, block))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void what_a_killed_writer_left_half_written_is_skipped(@TempDir Path folder) throws Exception {
        var archive = new Archive(folder);
        Files.write(folder.resolve("job-1.dla"), new byte[] {0x44, 0x4C, 0x4F});
        var letter =
                new DeadLetter(
                        QUEUE,
                        new MessageId("1"),
                        null,
                        new byte[5],
                        Headers.NONE,
                        null,
                        null,
                        Failure.NONE,
                        null);
        try (var writer = archive.writer("job", 1)) {
            assertThat(archive.read("job", QUEUE, writer.append(List.of(letter))))
                    .containsExactly(letter);
        }
    }
}
