package org.deadletteroffice.spi.connector;

import java.util.List;
import java.util.Optional;
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

    /// The moves of this queue that the broker remembers, running ones first of all, whoever
    /// started them. With it, somebody whose process ended while it started a move finds out
    /// whether there is one. Empty where there is none to tell of and the broker forgets those that
    /// ended, so that nobody knows whether there was one; then nobody may start a move twice.
    Optional<List<KnownMove>> moves(QueueRef from) throws BrokerException;

    /// @param key the same as long as the broker remembers the move, and of no other
    /// @param handle for [#status] and [#cancel]
    /// @param to where to; null: each message's origin, or not told
    record KnownMove(String key, String handle, @Nullable String to) {}

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
