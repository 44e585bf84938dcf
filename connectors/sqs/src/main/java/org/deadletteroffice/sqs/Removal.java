package org.deadletteroffice.sqs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.Numerals;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/// Takes messages away for good. Only who holds a message can remove it, so those that are not held
/// are looked for first.
final class Removal {
    private final Account account;
    private final QueueAddress address;
    private final Hold hold;

    Removal(Account account, QueueAddress address, Hold hold) {
        this.account = account;
        this.address = address;
        this.hold = hold;
    }

    /// @return those that are gone; what the queue does not have counts as gone
    /// @throws BrokerException.Throttled while another reader may hold what was not found
    List<MessageId> remove(List<MessageId> ids) throws BrokerException {
        hold.enter();
        try {
            var gone = new HashSet<MessageId>();
            var left = new LinkedHashSet<>(ids);
            // The second time for handles that ran out between.
            for (var turn = 0; turn < 2 && !left.isEmpty(); turn++) {
                noteOthers(left);
                var found = new Hunt(account.calls(), hold).find(left);
                if (found.size() < left.size()) {
                    var missing = new HashSet<>(left);
                    missing.removeAll(found.keySet());
                    checkNobodyHolds(missing);
                    gone.addAll(missing);
                    left.removeAll(missing);
                }
                var deleted = delete(found.values());
                gone.addAll(deleted);
                left.removeAll(deleted);
            }
            return ids.stream().filter(gone::contains).toList();
        } finally {
            hold.leave();
        }
    }

    /// Before any is received that SQS counts late: whether somebody has some cannot be told
    /// afterwards.
    private void noteOthers(Set<MessageId> wanted) throws BrokerException {
        if (!hold.others().areNoted() && hold.find(wanted).size() < wanted.size()) {
            hold.others().note(account.attributes(account.calls(), address), hold.tally());
        }
    }

    /// A message that is hidden by another reader is not gone, though it cannot be received.
    private void checkNobodyHolds(Set<MessageId> missing) throws BrokerException {
        var now = account.attributes(account.calls(), address);
        var hidden = hold.others().hidden(now, hold.tally());
        if (hidden.isPresent()) {
            throw account.errors()
                    .hidden(
                            "Not found in %2$s: %1$s to remove, and %3$s %4$s"
                                    .formatted(
                                            Numerals.of(missing.size(), "message", "messages"),
                                            address.name(),
                                            Numerals.of(hidden.get().messages()),
                                            hidden.get().words()));
        }
    }

    /// @return what SQS confirmed
    Set<MessageId> delete(Collection<Held> messages) throws BrokerException {
        var all = new ArrayList<>(messages);
        all.addAll(hold.cameAgain());
        var questions = new ArrayList<Callable<List<MessageId>>>();
        for (var from = 0; from < all.size(); from += MessageLimits.BATCH) {
            var some = all.subList(from, Math.min(all.size(), from + MessageLimits.BATCH));
            questions.add(() -> deleteBatch(some));
        }
        var deleted = new HashSet<MessageId>();
        if (!questions.isEmpty()) {
            account.calls()
                    .all(Act.removing(address.name()), questions, MessageLimits.WIDTH)
                    .forEach(deleted::addAll);
        }
        return deleted;
    }

    private List<MessageId> deleteBatch(List<Held> messages) throws BrokerException {
        var entries = new ArrayList<DeleteMessageBatchRequestEntry>();
        for (var message : messages) {
            entries.add(
                    DeleteMessageBatchRequestEntry.builder()
                            .id(Integer.toString(entries.size()))
                            .receiptHandle(message.handle)
                            .build());
        }
        var answer =
                account.clients()
                        .sqs()
                        .deleteMessageBatch(
                                DeleteMessageBatchRequest.builder()
                                        .queueUrl(address.url())
                                        .entries(entries)
                                        .build());
        var deleted =
                answer.successful().stream()
                        .map(entry -> messages.get(Integer.parseInt(entry.id())).id)
                        .toList();
        hold.removed(deleted);
        // Whoever receives them next has a new handle.
        hold.lost(
                answer.failed().stream()
                        .filter(entry -> Boolean.TRUE.equals(entry.senderFault()))
                        .map(entry -> messages.get(Integer.parseInt(entry.id())))
                        .toList());
        return deleted;
    }
}
