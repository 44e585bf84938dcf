package org.deadletteroffice.spi.connector;

import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// A broker's own mover (SQS move task, RabbitMQ shovel): moves a whole queue, unchanged, without
/// the program between.
public interface ServerSideMover {
    /// Starts the move and returns the broker's handle of it.
    ///
    /// @param to null: each message's origin
    /// @param perSecond null: as fast as the broker likes
    String start(QueueRef from, @Nullable QueueRef to, @Nullable Integer perSecond)
            throws BrokerException;

    MoveStatus status(String handle) throws BrokerException;

    /// Messages already moved stay moved.
    void cancel(String handle) throws BrokerException;

    /// @param sentence why it failed, or what to know; empty when there is nothing to say
    record MoveStatus(State state, long moved, String sentence) {
        public enum State {
            RUNNING,
            DONE,
            CANCELLED,
            FAILED
        }
    }
}
