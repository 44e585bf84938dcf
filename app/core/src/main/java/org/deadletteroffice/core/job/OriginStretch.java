package org.deadletteroffice.core.job;

import org.deadletteroffice.spi.connector.KeyLog;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.QueueRef;

/// One partition of an origin, from its oldest dead letter to the place that the reader that failed
/// is past: which keys were consumed there after they had died.
final class OriginStretch {
    private final QueueRef queue;
    private final int partition;
    private final long committed;
    private final NewestOfKeys newest = new NewestOfKeys();
    private final Positions dead;
    private long oldest = Long.MAX_VALUE;
    private long readUntil;

    /// @param committed the reader is past all below it
    /// @param dead the places of what died there, whoever failed on it
    OriginStretch(QueueRef queue, int partition, long committed, Positions dead) {
        this.queue = queue;
        this.partition = partition;
        this.committed = committed;
        this.dead = dead;
    }

    /// Whether a newer message of this key was consumed is to be found out.
    void wanted(byte[] key, long position) {
        newest.want(key);
        oldest = Math.min(oldest, position);
    }

    /// How far there is to read, at most.
    long length() {
        return Math.max(0, committed - oldest - 1);
    }

    /// @return how many records were read
    long read(KeyLog log, long most) throws BrokerException {
        newest.forget();
        readUntil = oldest;
        if (length() == 0) {
            readUntil = committed;
            return 0;
        }
        if (most <= 0) {
            return 0;
        }
        var read = log.read(queue, partition, oldest + 1, committed, most, this::met);
        readUntil = read.until();
        return read.records();
    }

    /// One that this program sent again is as old as it was before.
    private void met(long position, byte[] key, Headers headers) {
        if (!dead.contains(position) && !RedriveHeaders.isMarked(headers)) {
            newest.met(key, position);
        }
    }

    /// Whether a newer message of the key was consumed, and did not die, as far as was read.
    boolean isOvertaken(byte[] key, long position) {
        return newest.newest(key) > position;
    }

    /// Whether a newer message of any key was met.
    boolean hasMet() {
        return newest.hasMet();
    }

    /// Whether all was read that the reader is past.
    boolean isWhole() {
        return readUntil >= committed;
    }
}
