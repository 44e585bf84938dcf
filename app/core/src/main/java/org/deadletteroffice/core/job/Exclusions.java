package org.deadletteroffice.core.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.spi.message.MessageId;

/// Counts what a rehearsal leaves out, by reason, in flat memory.
final class Exclusions {
    private static final int EXAMPLES = 20;

    private final Map<String, Left> byReason = new LinkedHashMap<>();
    private long count;

    private static final class Left {
        private long count;
        private final List<MessageId> examples = new ArrayList<>();
    }

    void add(MessageId id, String reason) {
        count++;
        var left = byReason.computeIfAbsent(reason, _ -> new Left());
        left.count++;
        if (left.examples.size() < EXAMPLES) {
            left.examples.add(id);
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
