package org.deadletteroffice.spi.connector;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/// Files of copies in the folder for temporary files, which only this user can read. Each bears the
/// number of its process, so that those of a process that was killed are found and deleted: where
/// an open file cannot be let go (Windows) they would lie there for ever.
final class CopiesFile implements CopiesRoom {
    private static final String PREFIX = "dlo-held-";
    private static final String SUFFIX = ".tmp";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-\\d+\\" + SUFFIX);
    private static final AtomicBoolean SWEPT = new AtomicBoolean();

    private final Path path;

    /// Not a channel: one of those closes when its thread is interrupted.
    private final RandomAccessFile file;

    private CopiesFile(Path path) throws IOException {
        this.path = path;
        this.file = new RandomAccessFile(path.toFile(), "rw");
    }

    /// A new one.
    static CopiesRoom open() throws IOException {
        var path =
                make(Path.of(System.getProperty("java.io.tmpdir")), ProcessHandle.current().pid());
        var opened = at(path);
        // Where the system lets an open file go, nobody else ever finds it, crash or not.
        if (!System.getProperty("os.name", "").startsWith("Windows")) {
            delete(path);
        }
        return opened;
    }

    /// One that was made; gone again where it cannot be opened, as where too many files are open.
    static CopiesFile at(Path made) throws IOException {
        CopiesFile opened = null;
        try {
            opened = new CopiesFile(made);
            return opened;
        } finally {
            if (opened == null) {
                delete(made);
            }
        }
    }

    static Path make(Path folder, long process) throws IOException {
        return Files.createTempFile(folder, PREFIX + process + '-', SUFFIX);
    }

    /// Once in a process, as one that was killed before left no more since. Never throws.
    static void sweepOnce() {
        if (SWEPT.compareAndSet(false, true)) {
            sweep(Path.of(System.getProperty("java.io.tmpdir")));
        }
    }

    /// Deletes what processes left that live no more. Never throws; what another user's process
    /// left is not ours to delete.
    static void sweep(Path folder) {
        try (var files = Files.newDirectoryStream(folder, PREFIX + '*' + SUFFIX)) {
            for (var file : files) {
                if (isAbandoned(file)) {
                    delete(file);
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException unreadable) {
            LoggerFactory.getLogger(CopiesFile.class)
                    .debug("{} could not be looked through", folder, unreadable);
        }
    }

    private static boolean isAbandoned(Path file) {
        var name = NAME.matcher(String.valueOf(file.getFileName()));
        return name.matches()
                && ProcessHandle.of(Long.parseLong(name.group(1)))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty();
    }

    @Override
    public void write(long at, byte[] bytes) throws IOException {
        file.seek(at);
        file.write(bytes);
    }

    @Override
    public byte[] read(long at, int length) throws IOException {
        var bytes = new byte[length];
        file.seek(at);
        file.readFully(bytes);
        return bytes;
    }

    @Override
    public void sync() throws IOException {
        file.getFD().sync();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException left) {
            LoggerFactory.getLogger(CopiesFile.class).debug("{} could not be closed", path, left);
        }
        delete(path);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            LoggerFactory.getLogger(CopiesFile.class).debug("{} could not be deleted", file, left);
        }
    }
}
