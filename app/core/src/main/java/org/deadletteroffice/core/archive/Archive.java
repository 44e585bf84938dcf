package org.deadletteroffice.core.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.deadletteroffice.core.store.StoreException;
import org.deadletteroffice.core.store.StoreUnavailable;
import org.deadletteroffice.spi.message.DeadLetter;
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
                                cause)
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
