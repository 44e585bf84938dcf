package org.deadletteroffice.spi.connector;

import java.io.IOException;
import java.util.Objects;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.QueueRef;

/// Copies of the messages that a connector holds, for brokers that do not hand out a held message a
/// second time. The newest few megabytes lie in memory; what is older goes into a file that only
/// this user can read and that is gone with the process (on Windows, where that is killed, when the
/// next one holds something). A message that is dropped soon, as a job drops them, is never
/// written; what is dropped later leaves nothing behind, and its room in the file is used again.
/// One thread at a time.
public final class HeldCopies implements AutoCloseable {
    /// Bytes kept in memory; a message that is larger goes to the file at once.
    private static final long IN_MEMORY = 5L << 20;

    /// From the eldest copy in memory to the newest, dropped ones included: one that stays while
    /// the others come and go is not kept in memory for ever.
    private static final int MOST_APART = 1 << 16;

    /// Bytes that the objects of a message take besides its content, about.
    private static final int OBJECTS = 500;

    /// Bytes of dropped copies that the file may have, however little is left in it.
    private static final long SLACK = 16L << 20;

    private final StoredLetters stored;
    private final NearCopies near = new NearCopies();
    private long nearBytes;
    private int count;
    private final SpilledCopies far;

    /// @param queue that of all messages
    public HeldCopies(QueueRef queue) {
        CopiesFile.sweepOnce();
        this.far = new SpilledCopies(CopiesFile::open, SLACK);
        this.stored = new StoredLetters(queue);
    }

    /// @return the message's number: 0, 1, 2 …, never one that another had
    public int add(DeadLetter letter) throws IOException {
        var cost = cost(letter);
        var eldest = near.eldest();
        while (eldest < count && (nearBytes + cost > IN_MEMORY || count - eldest >= MOST_APART)) {
            write(eldest, Objects.requireNonNull(near.get(eldest)));
            forget(eldest);
            eldest = near.eldest();
        }
        if (cost > IN_MEMORY) {
            write(count, letter);
            near.add(null);
        } else {
            near.add(letter);
            nearBytes += cost;
        }
        return count++;
    }

    private void forget(int number) {
        var letter = near.remove(number);
        if (letter != null) {
            nearBytes -= cost(letter);
        }
    }

    /// @throws IllegalStateException for one that was dropped
    public DeadLetter get(int number) throws IOException {
        Objects.checkIndex(number, count);
        var here = near.get(number);
        if (here != null) {
            return here;
        }
        var bytes = far.read(number);
        if (bytes == null) {
            throw new IllegalStateException("the copy " + number + " was dropped");
        }
        return stored.letter(bytes);
    }

    /// This one is not asked for any more. Dropping it twice does nothing.
    public void drop(int number) {
        Objects.checkIndex(number, count);
        forget(number);
        far.drop(number);
    }

    /// How many bytes the file has, those of dropped copies included.
    long fileBytes() {
        return far.fileBytes();
    }

    /// How many numbers take memory.
    int kept() {
        return near.places() + far.places();
    }

    private static long cost(DeadLetter letter) {
        return letter.size() + OBJECTS;
    }

    private void write(int number, DeadLetter letter) throws IOException {
        far.write(number, stored.bytes(letter));
    }

    /// Lets all go. Never throws.
    @Override
    public void close() {
        near.close();
        nearBytes = 0;
        far.close();
    }
}
