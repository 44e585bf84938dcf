package org.deadletteroffice.core.index;

import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import org.deadletteroffice.core.cause.Causes;
import org.deadletteroffice.core.cause.Fingerprint;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Indexes in the data folder, so that the next start reads only what is new. A file that is
/// damaged, of another queue, or of other rules of grouping is as good as none: the queue is read
/// again. Nothing here ever fails a look at a queue. Safe for any thread and several processes: a
/// file is written beside and moved over, and the last one wins.
public final class IndexFolder {
    private static final Logger LOG = LoggerFactory.getLogger(IndexFolder.class);
    private static final long MAGIC = 0x444C_4F49_4E44_4558L;
    private static final long VERSION = 1;
    private static final String ENDING = ".index";

    /// Of all files together; the longest unused go first.
    private static final long MOST_BYTES = 1L << 30;

    private final Path folder;
    private final Clock clock;
    private final String rules;

    public IndexFolder(Path folder, Causes causes, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        this.rules = Fingerprint.rules() + '\n' + causes.names() + '\n' + program();
    }

    /// Another build may read causes in another way: its indexes are not these. The jar's size and
    /// time tell it; classes in a folder, while developing, have only the version of the rules.
    private static String program() {
        var source = IndexFolder.class.getProtectionDomain().getCodeSource();
        try {
            var path = source == null ? null : Path.of(source.getLocation().toURI());
            return path == null || Files.isDirectory(path)
                    ? ""
                    : Files.size(path) + "@" + Files.getLastModifiedTime(path).toMillis();
        } catch (IOException | URISyntaxException | IllegalArgumentException unknown) {
            return "";
        }
    }

    /// Whether an index of this queue is of use in another process: the places of a log stay, those
    /// of a queue are of one look.
    static boolean keeps(QueueKind kind) {
        return kind == QueueKind.TOPIC || kind == QueueKind.STREAM;
    }

    /// Reads the index of this queue into `index`, which is empty.
    ///
    /// @return false where there is none that fits; `index` is then to be thrown away
    boolean load(QueueInfo info, QueueIndex index) {
        var file = file(info);
        try (var in = new IndexReading(Files.newInputStream(file), Files.size(file))) {
            boolean fits =
                    in.number() == MAGIC
                            && in.number() == VERSION
                            && rules.equals(in.text())
                            && name(info).equals(in.text());
            if (!fits) {
                return false;
            }
            index.read(in);
            in.end();
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return true;
        } catch (NoSuchFileException none) {
            return false;
        } catch (IOException | RuntimeException damaged) {
            LOG.info("The index {} cannot be used and is made anew: {}", file, damaged.toString());
            return false;
        }
    }

    void save(QueueInfo info, QueueIndex index) {
        try {
            Files.createDirectories(folder);
            var beside = Files.createTempFile(folder, ".writing-", ".tmp");
            try {
                // Not synced: after a power loss the checksum tells, and the queue is read again.
                try (var out = new IndexWriting(new FileOutputStream(beside.toFile()))) {
                    out.number(MAGIC);
                    out.number(VERSION);
                    out.text(rules);
                    out.text(name(info));
                    index.write(out);
                }
                Files.move(
                        beside,
                        file(info),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
            forgetOldest();
        } catch (IOException noSpace) {
            LOG.info("The index of {} is not kept: {}", info.ref(), noSpace.toString());
        }
    }

    private void forgetOldest() throws IOException {
        try (var listed = Files.list(folder)) {
            var files =
                    listed.filter(file -> file.toString().endsWith(ENDING))
                            .sorted(Comparator.comparing(IndexFolder::used).reversed())
                            .toList();
            long bytes = 0;
            for (var file : files) {
                bytes += size(file).orElse(0L);
                if (bytes > MOST_BYTES) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static FileTime used(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }

    private static Optional<Long> size(Path file) {
        try {
            return Optional.of(Files.size(file));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static String name(QueueInfo info) {
        var ref = info.ref();
        return String.join("\n", ref.profile(), ref.name(), ref.kind().name(), info.identity());
    }

    /// One file for each queue's name: an index of the queue that was there before is of no use.
    private Path file(QueueInfo info) {
        var ref = info.ref();
        var name = String.join("\n", ref.profile(), ref.name(), ref.kind().name());
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(digest, 0, 12) + ENDING);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
