package org.deadletteroffice.spi.connector;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferPlan;

/// One broker, over one profile.
///
/// Threads: any number at once. All methods block and are meant for virtual threads; each ends
/// within the profile's timeout, or where a broker has to hand out many messages before the one
/// that is asked for, once none came for so long; and within a second of an interruption with
/// [BrokerException.Cancelled]. A broker that went away makes calls fail with
/// [BrokerException.Unreachable] until it is back; the connection mends itself and need not be
/// opened again.
public interface BrokerConnection extends AutoCloseable {
    /// Diagnoses the connection step by step. `listener` first gets every step as WAITING in order,
    /// then each change of state; it is called on the calling thread. A failed step is a result,
    /// not an exception.
    void checks(Consumer<Check> listener) throws BrokerException;

    /// All queues the profile may see, dead-letter queues or not, by name.
    List<QueueInfo> queues() throws BrokerException;

    /// One queue.
    ///
    /// @throws BrokerException.NotFound when there is none of this name
    QueueInfo queue(QueueRef queue) throws BrokerException;

    /// Readers and their lag; one row for each group and queue. Empty where the broker knows no
    /// readers.
    List<ConsumerInfo> consumers() throws BrokerException;

    /// What can be done with this queue, here and now, with these rights, on this version.
    Capabilities capabilities(QueueRef queue) throws BrokerException;

    /// A read-only visit. Until it is closed, a broker that takes messages to look at them keeps
    /// those that this connection took, for its removals too.
    ///
    /// @throws BrokerException.NotFound when there is no such queue
    Browse browse(QueueRef queue) throws BrokerException;

    /// As [#browse], for a job that takes away what it is done with. Until it is closed, scans of
    /// the queue do not end while another reader keeps messages from them that it may give back,
    /// where the broker can tell: they fail as [BrokerException.Throttled].
    Browse takeFrom(QueueRef queue) throws BrokerException;

    /// Every message between two places, oldest first (in the broker's order), at broker speed.
    ///
    /// @param from where to begin
    /// @param until where to end, e.g. what [#snapshot] gave; [Cursor.Newest] means the end as it
    ///     is when the scan starts
    /// @throws BrokerException.Gone when a token is too old
    Scan scan(QueueRef queue, Cursor from, Cursor until) throws BrokerException;

    /// The queue's end now, such that a scan until it never sees a message that arrives later.
    Cursor snapshot(QueueRef queue) throws BrokerException;

    /// The named messages, in the order of `ids`; those that are gone are left out. At most 1,000
    /// ids a call.
    List<DeadLetter> fetch(QueueRef queue, List<MessageId> ids) throws BrokerException;

    /// Opens the sending side of a job; see [Transfer].
    Transfer transfer(TransferPlan plan) throws BrokerException;

    /// Removes messages for good. Those already gone count as removed. Only where
    /// [Capabilities#removeOne].
    ///
    /// @return the ids that are gone now
    /// @throws BrokerException.Unsupported where it cannot; nothing is touched then
    List<MessageId> remove(QueueRef queue, List<MessageId> ids) throws BrokerException;

    /// Those of these names that may mean another message once theirs is gone: where a broker has
    /// no numbers, messages that are alike byte for byte take each other's. To try a removal of one
    /// again, not knowing what became of the first try, could take a message that nobody read.
    ///
    /// @param ids at most 1,000
    /// @return empty where names last
    Set<MessageId> alike(QueueRef queue, List<MessageId> ids) throws BrokerException;

    /// Removes for good all that lies before `until` (Kafka: deleteRecords up to it). Only where
    /// [Capabilities#purge].
    ///
    /// @return how many were removed
    Purged purge(QueueRef queue, Cursor until) throws BrokerException;

    /// Empty where the broker has no mover of its own; the engine then sends and removes.
    Optional<ServerSideMover> serverSideMover();

    /// Empty where queues are no logs; whether a newer message of a key was consumed is unknown
    /// then.
    Optional<KeyLog> keyLog();

    /// Empty where the broker belongs to no store of objects that its profile could sign in to.
    Optional<ObjectStore> objects();

    /// Never throws and never waits for the broker for longer than a second.
    @Override
    void close();

    /// @param count how many are gone
    record Purged(org.deadletteroffice.spi.message.Count count) {}
}
