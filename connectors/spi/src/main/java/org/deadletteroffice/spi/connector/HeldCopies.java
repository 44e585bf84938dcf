package org.deadletteroffice.spi.connector;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// Copies of the messages that a connector holds, for brokers that do not hand out a held message a
/// second time. The newest few megabytes lie in memory; what is older goes into a file that only
/// this user can read and that is gone with the process (on Windows, where that is killed, when the
/// next one holds something). A message that is dropped soon, as a job drops them, is never
/// written; what is dropped later leaves nothing behind, and its room in the file is used again.
/// One thread at a time.
public final class HeldCopies implements AutoCloseable {
    /// Bytes kept in memory; a message that is larger goes to the file at once.
    private static final long IN_MEMORY = 5L << 20;

    /// Bytes that the objects of a message take besides its content, about.
    private static final int OBJECTS = 500;

    /// Bytes of dropped copies that the file may have, however little is left in it.
    private static final long SLACK = 16L << 20;

    private final StoredLetters stored;
    private final LinkedHashMap<Integer, DeadLetter> near = new LinkedHashMap<>();
    private long nearBytes;
    private int count;

    private final Extents inFile = new Extents();

    /// Not a channel: one of those closes when its thread is interrupted.
    private @Nullable RandomAccessFile file;
    private @Nullable Path path;
    private long end;

    /// Of the file; what lies behind `end` is of no use.
    private long length;

    /// @param queue that of all messages
    public HeldCopies(QueueRef queue) {
        CopiesFile.sweepOnce();
        this.stored = new StoredLetters(queue);
    }

    /// @return the message's number: 0, 1, 2 …, never one that another had
    public int add(DeadLetter letter) throws IOException {
        var cost = cost(letter);
        var eldest = near.entrySet().iterator();
        while (nearBytes + cost > IN_MEMORY && eldest.hasNext()) {
            var next = eldest.next();
            write(next.getKey(), next.getValue());
            nearBytes -= cost(next.getValue());
            eldest.remove();
        }
        if (cost > IN_MEMORY) {
            write(count, letter);
        } else {
            near.put(count, letter);
            nearBytes += cost;
        }
        return count++;
    }

    /// @throws IllegalStateException for one that was dropped
    public DeadLetter get(int number) throws IOException {
        Objects.checkIndex(number, count);
        var here = near.get(number);
        if (here != null) {
            return here;
        }
        var extent = inFile.get(number);
        if (extent == null) {
            throw new IllegalStateException("the copy " + number + " was dropped");
        }
        return stored.letter(bytes(extent));
    }

    private byte[] bytes(Extents.Extent extent) throws IOException {
        var bytes = new byte[extent.length()];
        var open = open();
        open.seek(extent.offset());
        open.readFully(bytes);
        return bytes;
    }

    /// This one is not asked for any more. Dropping it twice does nothing.
    public void drop(int number) {
        Objects.checkIndex(number, count);
        var here = near.remove(number);
        if (here != null) {
            nearBytes -= cost(here);
        }
        inFile.remove(number);
        if (inFile.isEmpty()) {
            end = 0;
        }
    }

    /// How many bytes the file has, those of dropped copies included.
    long fileBytes() {
        return length;
    }

    /// How many numbers take memory.
    int kept() {
        return near.size() + inFile.places();
    }

    /// Moves what is left in the file together, once more than that is of no use any more. The
    /// numbers grow with the offsets, so that nothing is overwritten that is still to be read.
    private void compact() throws IOException {
        if (length - inFile.bytes() <= Math.max(SLACK, inFile.bytes())) {
            return;
        }
        var to = 0L;
        for (var number : inFile.numbers()) {
            var extent = Objects.requireNonNull(inFile.get(number));
            if (extent.offset() != to) {
                var bytes = bytes(extent);
                var open = open();
                open.seek(to);
                open.write(bytes);
                inFile.put(number, to, bytes.length);
            }
            to += extent.length();
        }
        end = to;
        open().setLength(end);
        length = end;
    }

    private static long cost(DeadLetter letter) {
        return letter.size() + OBJECTS;
    }

    private void write(int number, DeadLetter letter) throws IOException {
        var bytes = stored.bytes(letter);
        compact();
        var open = open();
        open.seek(end);
        open.write(bytes);
        inFile.put(number, end, bytes.length);
        end += bytes.length;
        length = Math.max(length, end);
    }

    private RandomAccessFile open() throws IOException {
        var current = file;
        if (current == null) {
            var made = CopiesFile.make();
            current = new RandomAccessFile(made.toFile(), "rw");
            file = current;
            path = made;
            // Where the system lets an open file go, nobody else ever finds it, crash or not.
            if (!System.getProperty("os.name", "").startsWith("Windows")) {
                Files.deleteIfExists(made);
            }
        }
        return current;
    }

    /// Lets all go. Never throws.
    @Override
    public void close() {
        near.clear();
        nearBytes = 0;
        try {
            if (file != null) {
                file.close();
            }
            if (path != null) {
                Files.deleteIfExists(path);
            }
        } catch (IOException left) {
            LoggerFactory.getLogger(HeldCopies.class)
                    .debug("The file of held messages could not be closed", left);
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
