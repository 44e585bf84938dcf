package org.deadletteroffice.spi.connector;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// Copies in a file, by their numbers. What is dropped leaves nothing behind, and its room is used
/// again: once more of the file is of no use than of use, what is left goes to a new one. One
/// thread at a time.
final class SpilledCopies implements AutoCloseable {
    /// Makes the first file, and each new one.
    interface Rooms {
        CopiesRoom open() throws IOException;
    }

    private final Rooms rooms;
    private final long slack;
    private Extents extents = new Extents();
    private @Nullable CopiesRoom room;
    private long end;

    /// Of the file; what lies behind `end` is of no use.
    private long length;

    /// The length from which on a new file is tried again after one that failed.
    private long notBefore;

    /// @param slack bytes of dropped copies that the file may have, however little is left in it
    SpilledCopies(Rooms rooms, long slack) {
        this.rooms = rooms;
        this.slack = slack;
    }

    /// @param number that of no other
    /// @param bytes more than none
    /// @throws IOException when they could not be written; all others are there as before
    void write(int number, byte[] bytes) throws IOException {
        moveTogether();
        open().write(end, bytes);
        extents.put(number, end, bytes.length);
        end += bytes.length;
        length = Math.max(length, end);
    }

    /// @return null for one that was dropped or never written
    byte @Nullable [] read(int number) throws IOException {
        var extent = extents.get(number);
        return extent == null ? null : open().read(extent.offset(), extent.length());
    }

    /// Does nothing where nothing lies.
    void drop(int number) {
        extents.remove(number);
        if (extents.isEmpty()) {
            end = 0;
        }
    }

    /// How many bytes the file has, those of dropped copies included.
    long fileBytes() {
        return length;
    }

    /// How many numbers take memory.
    int places() {
        return extents.places();
    }

    /// The old file counts until the new one is whole and on the disk, which may say only then that
    /// it is full or fails. Where it does, the old one is written on: that costs room, and no copy.
    private void moveTogether() {
        var useless = length - extents.bytes();
        if (useless <= Math.max(slack, extents.bytes()) || length < notBefore) {
            return;
        }
        CopiesRoom made = null;
        try {
            made = rooms.open();
            var moved = new Extents();
            var to = 0L;
            for (var number : extents.numbers()) {
                var bytes = Objects.requireNonNull(read(number));
                made.write(to, bytes);
                moved.put(number, to, bytes.length);
                to += bytes.length;
            }
            made.sync();
            close();
            room = made;
            extents = moved;
            end = to;
            length = to;
            notBefore = 0;
        } catch (IOException failed) {
            notBefore = length + slack;
            LoggerFactory.getLogger(SpilledCopies.class)
                    .warn("Held messages could not be moved to a smaller file.", failed);
        } finally {
            // Whatever stopped it, such as a lack of memory.
            if (made != null && made != room) {
                made.close();
            }
        }
    }

    private CopiesRoom open() throws IOException {
        var current = room;
        if (current == null) {
            current = rooms.open();
            room = current;
        }
        return current;
    }

    /// Lets all go. Never throws.
    @Override
    public void close() {
        if (room != null) {
            room.close();
        }
    }

    /// Where things lie in a file, by their numbers. In pages, since a map of single
    /// places takes several times their room; a page without any is let go.
    private static final class Extents {
        /// Small, since one number keeps the room of a whole page.
        private static final int PAGE = 64;

        private final Map<Integer, Page> pages = new TreeMap<>();
        private long bytes;

        record Extent(long offset, int length) {}

        private static final class Page {
            private final long[] offsets = new long[PAGE];

            /// 0 where nothing lies.
            private final int[] lengths = new int[PAGE];

            private int used;
        }

        /// @param length of more than nothing
        void put(int number, long offset, int length) {
            var page = pages.computeIfAbsent(number / PAGE, _ -> new Page());
            var at = number % PAGE;
            if (page.lengths[at] == 0) {
                page.used++;
            }
            bytes += length - page.lengths[at];
            page.offsets[at] = offset;
            page.lengths[at] = length;
        }

        @Nullable Extent get(int number) {
            var page = pages.get(number / PAGE);
            var at = number % PAGE;
            return page == null || page.lengths[at] == 0
                    ? null
                    : new Extent(page.offsets[at], page.lengths[at]);
        }

        /// Does nothing where nothing lies.
        void remove(int number) {
            var page = pages.get(number / PAGE);
            var at = number % PAGE;
            if (page == null || page.lengths[at] == 0) {
                return;
            }
            bytes -= page.lengths[at];
            page.lengths[at] = 0;
            if (--page.used == 0) {
                pages.remove(number / PAGE);
            }
        }

        /// In their order; a copy.
        List<Integer> numbers() {
            return pages.entrySet().stream()
                    .flatMapToInt(
                            page ->
                                    IntStream.range(0, PAGE)
                                            .filter(at -> page.getValue().lengths[at] > 0)
                                            .map(at -> page.getKey() * PAGE + at))
                    .boxed()
                    .toList();
        }

        boolean isEmpty() {
            return pages.isEmpty();
        }

        /// Of all that lies there.
        long bytes() {
            return bytes;
        }

        /// How many numbers there is room for.
        int places() {
            return pages.size() * PAGE;
        }
    }
}
