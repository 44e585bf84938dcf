package org.deadletteroffice.core.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deadletteroffice.core.store.DurableFile;
import org.deadletteroffice.core.store.StoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files under `profiles/`, one a profile. Thread-safe; a file is read again only when it
/// changed.
final class ProfileFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileFolder.class);

    private final Path folder;
    private final ProfileLock lock;
    private final Map<Path, Seen> seen = new HashMap<>();

    ProfileFolder(Path folder) {
        this.folder = folder;
        this.lock = new ProfileLock(folder);
    }

    /// What the folder holds now. Files of processes that are gone are deleted on the way.
    synchronized Listing list() {
        var good = new ArrayList<StoredProfile>();
        var bad = new ArrayList<Profiles.Unreadable>();
        var there = files();
        seen.keySet().retainAll(there);
        for (var file : there) {
            var entry = look(file);
            if (entry == null) {
                continue;
            }
            if (entry.problem() != null) {
                bad.add(new Profiles.Unreadable(file, entry.problem()));
            } else if (entry.stored() != null) {
                var process = entry.stored().process();
                if (process != null && !process.isAlive()) {
                    delete(file);
                } else {
                    good.add(entry.stored());
                }
            }
        }
        good.sort(
                Comparator.comparing((StoredProfile stored) -> stored.profile().environment())
                        .reversed()
                        .thenComparing(stored -> stored.profile().name()));
        return new Listing(List.copyOf(good), List.copyOf(bad));
    }

    private List<Path> files() {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(
                            file -> {
                                var name = file.getFileName().toString();
                                return name.endsWith(".json") && !name.startsWith(".");
                            })
                    .sorted()
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException unreadable) {
            LOG.warn("The profiles in {} cannot be listed.", folder, unreadable);
            return List.of();
        }
    }

    private @Nullable Seen look(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            var known = seen.get(file);
            if (known != null && known.isStill(attributes)) {
                return known;
            }
            var entry = read(file, attributes);
            seen.put(file, entry);
            return entry;
        } catch (IOException vanished) {
            return null;
        }
    }

    private static Seen read(Path file, BasicFileAttributes attributes) {
        String problem;
        try {
            var stored = ProfileFile.parse(Files.readAllBytes(file)).stored();
            var expected = stored.profile().name() + ".json";
            if (file.getFileName().toString().equals(expected)) {
                return Seen.of(attributes, stored, null);
            }
            problem =
                    "it names itself '"
                            + stored.profile().name()
                            + "', so the file must be called "
                            + expected;
        } catch (ProfileFile.NotAProfile nonsense) {
            problem = String.valueOf(nonsense.getMessage());
        } catch (IOException unreadable) {
            problem = "it cannot be opened";
        }
        var sentence =
                "The profile file "
                        + file
                        + " cannot be read: "
                        + problem
                        + ". Correct it, or move it away; it is not touched.";
        return Seen.of(attributes, null, sentence);
    }

    /// For whoever writes what depends on what is written there.
    ProfileLock lock() {
        return lock;
    }

    /// Whether a file of this name is there, readable or not.
    boolean occupied(String name) {
        return Files.exists(file(name));
    }

    Path file(String name) {
        return folder.resolve(name + ".json");
    }

    void write(StoredProfile stored) throws StoreException {
        var file = file(stored.profile().name());
        try {
            DurableFile.write(file, ProfileFile.of(stored).bytes());
        } catch (IOException notWritten) {
            throw new StoreException(
                    "The profile '"
                            + stored.profile().name()
                            + "' could not be written to "
                            + file
                            + ".",
                    "Free some space on this disk, or make the folder writable, and save it again.",
                    notWritten);
        }
    }

    void delete(String name) {
        delete(file(name));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            LOG.warn("The profile file {} cannot be deleted.", file, stays);
        }
    }

    record Listing(List<StoredProfile> profiles, List<Profiles.Unreadable> unreadable) {}

    private record Seen(
            FileTime modified,
            long size,
            @Nullable Object key,
            @Nullable StoredProfile stored,
            @Nullable String problem) {
        static Seen of(
                BasicFileAttributes attributes,
                @Nullable StoredProfile stored,
                @Nullable String problem) {
            return new Seen(
                    attributes.lastModifiedTime(),
                    attributes.size(),
                    attributes.fileKey(),
                    stored,
                    problem);
        }

        boolean isStill(BasicFileAttributes attributes) {
            return modified.equals(attributes.lastModifiedTime())
                    && size == attributes.size()
                    && java.util.Objects.equals(key, attributes.fileKey());
        }
    }
}
