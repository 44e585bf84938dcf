package org.deadletteroffice.sqs;

import java.util.ArrayList;
import java.util.List;

/// Cuts messages into batches that one request takes, in their order.
final class BatchPacking {
    private BatchPacking() {}

    /// @param most messages of a batch
    /// @param mostBytes of a batch; a message that is larger by itself goes alone
    static List<List<Prepared>> pack(List<Prepared> messages, int most, int mostBytes) {
        var batches = new ArrayList<List<Prepared>>();
        var next = new ArrayList<Prepared>();
        var bytes = 0L;
        for (var message : messages) {
            var full = next.size() == most || bytes + message.size() > mostBytes;
            if (full && !next.isEmpty()) {
                batches.add(List.copyOf(next));
                next.clear();
                bytes = 0;
            }
            next.add(message);
            bytes += message.size();
        }
        if (!next.isEmpty()) {
            batches.add(next);
        }
        return batches;
    }
}
