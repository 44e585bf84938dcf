package org.deadletteroffice.core.archive;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.deadletteroffice.spi.message.DeadLetter;
import org.jspecify.annotations.Nullable;

/// Appends blocks to one archive file. One thread at a time. The file is made with the first block.
public final class ArchiveWriter implements AutoCloseable {
    private final Path path;
    private final int run;
    // Not a channel: an interruption would close it under the job.
    private @Nullable RandomAccessFile file;

    ArchiveWriter(Path path, int run) {
        this.path = path;
        this.run = run;
    }

    /// On disk when it returns.
    ///
    /// @return where the block lies, for [Archive#read]
    public String append(List<DeadLetter> letters) {
        try {
            var open = file;
            if (open == null) {
                open = new RandomAccessFile(path.toFile(), "rw");
                file = open;
            }
            var block = ArchiveBlock.of(letters);
            // Behind what a killed writer left half-written, if anything.
            var offset = open.length();
            open.seek(offset);
            try {
                open.write(block.array(), 0, block.size());
                open.getFD().sync();
            } catch (IOException full) {
                // What was half-written would keep the space that the next try needs.
                open.setLength(offset);
                throw full;
            }
            return new BlockPlace(run, offset).toString();
        } catch (IOException cannot) {
            throw Archive.unavailable(cannot);
        }
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException cannot) {
            throw Archive.unavailable(cannot);
        }
    }
}
