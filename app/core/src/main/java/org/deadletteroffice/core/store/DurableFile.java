package org.deadletteroffice.core.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writes a small file so that after a crash or a power loss either the old or the new content is
/// there, whole.
public final class DurableFile {
    /// Writes beside, syncs, then moves over. Missing folders are made.
    public static void write(Path file, byte[] content) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("no folder for " + file);
        }
        Files.createDirectories(folder);
        var beside = Files.createTempFile(folder, ".writing-", ".tmp");
        try {
            // A stream rather than a channel: an interrupted thread closes a channel half-way.
            try (var out = new FileOutputStream(beside.toFile())) {
                out.write(content);
                out.getFD().sync();
            }
            Files.move(
                    beside,
                    file,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
            syncFolder(folder);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /// Makes a file's name durable; where a folder cannot be opened (Windows) the system does it by
    /// itself.
    static void syncFolder(Path folder) {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notHere) {
            // Content is synced already; only the name may be lost at a power loss, and the old
            // file is then there.
            return;
        }
    }

    private DurableFile() {}
}
