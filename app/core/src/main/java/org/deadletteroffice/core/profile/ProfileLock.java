package org.deadletteroffice.core.profile;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.store.StoreException;

/// Who changes what a profile's file says reads it first; of two that do so at once, in one process
/// or in two, one would lose what it wrote. Thread-safe.
final class ProfileLock {
    /// A file's lock is the process's, so threads need one of their own, whoever made it.
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Path file;

    /// @param folder that of the profiles
    ProfileLock(Path folder) {
        this.file = folder.resolve(".lock");
    }

    /// Reads and writes.
    @FunctionalInterface
    interface Change {
        void make() throws OperatorException;
    }

    /// Waits for those who change a profile now. A change asks nobody who may take long, such as
    /// the keychain.
    void alone(Change change) throws OperatorException {
        IN_THIS_PROCESS.lock();
        try (var _ = held()) {
            change.make();
        } catch (IOException notLocked) {
            throw new StoreException(
                    "The profiles in " + file.getParent() + " cannot be changed.",
                    "Make the folder writable, and try again.",
                    notLocked);
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    /// Let go by closing, and by the end of the process.
    private FileOutputStream held() throws IOException {
        Files.createDirectories(file.getParent());
        var opened = new FileOutputStream(file.toFile());
        try {
            opened.getChannel().lock();
            return opened;
        } catch (IOException | RuntimeException failed) {
            opened.close();
            throw failed;
        }
    }
}
