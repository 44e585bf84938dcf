package org.deadletteroffice.spi.connector;

import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.QueueRef;

/// A log that can be read by the place: tells which keys came after a message, by the positions
/// that its dead letter names ([org.deadletteroffice.spi.message.Origin]) and its readers commit.
public interface KeyLog {
    /// Reads one partition in its order, without records that have no key or were never committed.
    ///
    /// @param from the first position; what expired before it is not missed
    /// @param until exclusive; not beyond the log's end
    /// @param most how many records may be read
    /// @throws BrokerException.Unsupported where this queue is no log
    /// @throws BrokerException.NotFound when there is no such queue
    Stretch read(QueueRef queue, int partition, long from, long until, long most, Each each)
            throws BrokerException;

    interface Each {
        void keyed(long position, byte[] key, Headers headers);
    }

    /// What was read.
    ///
    /// @param until up to where, exclusive: less than was asked for when `most` came first
    /// @param records how many, those without a key too
    record Stretch(long until, long records) {}
}
