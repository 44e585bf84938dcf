package org.deadletteroffice.sqs;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.deadletteroffice.spi.message.MessageId;

/// The messages of one queue that were removed last. SQS delivers at least once: a receive that was
/// under way may bring a message again whose removal was confirmed meanwhile. Between as many as
/// `most` and twice as many are known. Guarded by its [Hold].
final class RemovedLately {
    private final int most;
    private Set<UUID> earlier = new HashSet<>();
    private Set<UUID> latest = new HashSet<>();

    RemovedLately(int most) {
        this.most = most;
    }

    void add(MessageId id) {
        if (latest.size() == most) {
            earlier = latest;
            latest = new HashSet<>();
        }
        latest.add(Chapter.key(id));
    }

    boolean holds(MessageId id) {
        if (latest.isEmpty()) {
            return false;
        }
        var key = Chapter.key(id);
        return latest.contains(key) || earlier.contains(key);
    }
}
