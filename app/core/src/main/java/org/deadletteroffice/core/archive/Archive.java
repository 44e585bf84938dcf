package org.deadletteroffice.core.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.deadletteroffice.core.store.StoreException;
import org.deadletteroffice.core.store.StoreUnavailable;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;

/// The originals of jobs: append-only files of compressed blocks, one file for each run of a job,
/// beside the store rather than in it, so that the store stays small and a job's copies go with one
/// delete.
public final class Archive {
    private final Path folder;

    public Archive(Path folder) {
        this.folder = folder;
    }

    /// A new file for one run of a job; no other run ever writes to it.
    ///
    /// @param run the lease's epoch
    public ArchiveWriter writer(String job, int run) {
        try {
            Files.createDirectories(folder);
            return new ArchiveWriter(file(job, run), run);
        } catch (IOException cannot) {
            throw unavailable(cannot);
        }
    }

    /// The messages of one block, in the order in which they were written.
    ///
    /// @param block what [ArchiveWriter#append] gave
    public List<DeadLetter> read(String job, QueueRef source, String block) {
        var place = BlockPlace.parse(block);
        try {
            return ArchiveBlock.read(file(job, place.run()), place.offset(), source);
        } catch (IOException damaged) {
            throw new StoreUnavailable(
                    new StoreException(
                            "The archive file " + file(job, place.run()) + " cannot be read.",
                            "Put it back from a backup; or abandon the job "
                                    + job
                                    + " and start a new one over what is"
                                    + " left in the queue.",
                            damaged));
        }
    }

    /// As [#read], by the ids that they had.
    public Map<MessageId, DeadLetter> byId(String job, QueueRef source, String block) {
        Map<MessageId, DeadLetter> byId = new HashMap<>();
        for (var letter : read(job, source, block)) {
            byId.put(letter.id(), letter);
        }
        return byId;
    }

    /// Deletes all copies of a job.
    public void forget(String job) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, job + "-*.dla")) {
            for (var file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException none) {
            return;
        } catch (IOException stays) {
            throw unavailable(stays);
        }
    }

    /// Whether there are copies of this job.
    public boolean has(String job) {
        return kept().stream().anyMatch(kept -> kept.job().equals(job));
    }

    /// The copies there are, those last written to first.
    public List<Kept> kept() {
        Map<String, Kept> byJob = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.dla")) {
            for (var file : files) {
                var name = file.getFileName().toString();
                var dash = name.lastIndexOf('-');
                if (dash > 0) {
                    var job = name.substring(0, dash);
                    var one =
                            new Kept(
                                    job,
                                    Files.size(file),
                                    Files.getLastModifiedTime(file).toInstant());
                    byJob.merge(job, one, Kept::plus);
                }
            }
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException unreadable) {
            throw unavailable(unreadable);
        }
        return byJob.values().stream().sorted(Comparator.comparing(Kept::last).reversed()).toList();
    }

    /// Deletes copies of jobs that have ended, as `retention` says: those that are too old, and
    /// then the oldest until the rest is small enough.
    ///
    /// @param open jobs whose copies are needed, whatever their age
    /// @return what was deleted
    public List<Kept> expire(Retention retention, Predicate<String> open, Instant now) {
        var deleted = new ArrayList<Kept>();
        var bytes = 0L;
        for (var kept : kept()) {
            var tooOld = kept.last().plus(retention.age()).isBefore(now);
            var tooMuch = bytes + kept.bytes() > retention.bytes();
            if ((tooOld || tooMuch) && !open.test(kept.job())) {
                forget(kept.job());
                deleted.add(kept);
            } else {
                bytes += kept.bytes();
            }
        }
        return deleted;
    }

    /// The copies of one job.
    ///
    /// @param bytes on the disk
    /// @param last when it was last written to
    public record Kept(String job, long bytes, Instant last) {
        private Kept plus(Kept other) {
            return new Kept(job, bytes + other.bytes, last.isAfter(other.last) ? last : other.last);
        }
    }

    private Path file(String job, int run) {
        return folder.resolve(job + "-" + run + ".dla");
    }

    static StoreUnavailable unavailable(IOException cause) {
        var text = String.valueOf(cause.getMessage());
        return new StoreUnavailable(
                text.contains("No space")
                        ? new StoreException(
                                "The disk that holds the archive is full.",
                                "Free some space, then resume the job; nothing was sent that is not archived.",
                                cause,
                                true)
                        : new StoreException(
                                "The archive cannot be written to: " + text + ".",
                                "Make the data folder writable, then resume the job.",
                                cause));
    }

    static StoreUnavailable unavailable(UncheckedIOException cause) {
        var io = cause.getCause();
        return unavailable(io == null ? new IOException(cause) : io);
    }
}
