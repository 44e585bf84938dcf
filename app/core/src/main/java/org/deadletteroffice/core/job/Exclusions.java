package org.deadletteroffice.core.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.spi.message.MessageId;

/// Counts what a rehearsal leaves out, by reason, in flat memory.
final class Exclusions {
    static final int EXAMPLES = 20;

    private final Map<String, Left> byReason = new LinkedHashMap<>();
    private long count;

    private static final class Left {
        private long count;
        private final List<MessageId> examples = new ArrayList<>();
    }

    void add(MessageId id, String reason) {
        add(List.of(id), 1, reason);
    }

    /// @param ids some of them
    void add(List<MessageId> ids, long many, String reason) {
        count += many;
        var left = byReason.computeIfAbsent(reason, _ -> new Left());
        left.count += many;
        for (var id : ids) {
            if (left.examples.size() < EXAMPLES) {
                left.examples.add(id);
            }
        }
    }

    long count() {
        return count;
    }

    /// Most frequent first.
    List<Preview.Exclusion> list() {
        return byReason.entrySet().stream()
                .map(
                        entry ->
                                new Preview.Exclusion(
                                        entry.getKey(),
                                        entry.getValue().count,
                                        entry.getValue().examples))
                .sorted(Comparator.comparingLong(Preview.Exclusion::count).reversed())
                .toList();
    }
}
