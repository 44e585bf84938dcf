package org.deadletteroffice.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Where this user's data lies: profiles, settings, store, archive and logs. Readable by the user
/// alone where the file system knows owners.
public record DataFolder(Path home) {
    /// Makes the folder when it is absent and sees that it can be written to.
    public static DataFolder at(Path home) throws StoreException {
        var folder = new DataFolder(home);
        try {
            if (!Files.isDirectory(home)) {
                Files.createDirectories(home);
                if (home.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(
                            home, PosixFilePermissions.fromString("rwx------"));
                }
            }
            if (!Files.isWritable(home)) {
                throw new IOException("not writable");
            }
        } catch (IOException cannot) {
            throw new StoreException(
                    "The data folder " + home + " cannot be made or written to.",
                    "Make it writable, or choose another with --home or DLO_HOME.",
                    cannot);
        }
        return folder;
    }

    public Path profiles() {
        return home.resolve("profiles");
    }

    public Path settings() {
        return home.resolve("settings.json");
    }

    /// Without the ending that the database adds.
    public Path database() {
        return home.resolve("store").resolve("dlo");
    }

    public Path databaseFile() {
        return home.resolve("store").resolve("dlo.mv.db");
    }

    /// Held while the tables are brought up to date.
    Path schemaLock() {
        return home.resolve("store").resolve("schema.lock");
    }

    public Path archive() {
        return home.resolve("archive");
    }

    /// May be deleted at any time: what is in it is made anew from the queues.
    public Path indexes() {
        return home.resolve("index");
    }

    public Path logs() {
        return home.resolve("logs");
    }
}
