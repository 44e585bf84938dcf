package org.deadletteroffice.core.cause;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.deadletteroffice.spi.cause.CauseReader;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;

/// What follows from the header names of a message alone. The messages of a queue have few
/// different lists of names, so it is found out once for each. Thread-safe.
final class HeaderLayouts {
    /// More than any system uses; whoever names each header anew is met by beginning again.
    private static final int REMEMBERED = 1_000;

    /// Longer lists, and longer names together, are not remembered.
    private static final int MOST_NAMES = 100;

    private static final int MOST_CHARACTERS = 4_096;

    private final List<CauseReader> readers;
    private final Map<List<String>, Layout> known = new ConcurrentHashMap<>();

    /// A message is asked about several times in a row.
    private volatile @Nullable Asked last;

    private record Asked(Headers headers, Layout layout) {}

    /// @param speaking the readers that may have something to say, in their order
    /// @param failureHeaders names that tell of a death, each once, in the order of appearance
    record Layout(List<CauseReader> speaking, List<String> failureHeaders) {}

    HeaderLayouts(List<CauseReader> readers) {
        this.readers = List.copyOf(readers);
    }

    @SuppressWarnings("ReferenceEquality") // The same object: to compare the headers costs.
    Layout of(Headers headers) {
        var asked = last;
        if (asked == null || asked.headers != headers) {
            asked = new Asked(headers, layout(headers));
            last = asked;
        }
        return asked.layout;
    }

    private Layout layout(Headers headers) {
        if (headers.size() > MOST_NAMES) {
            return find(headers);
        }
        var names = new ArrayList<String>(headers.size());
        var characters = 0;
        for (var header : headers.all()) {
            names.add(header.name());
            characters += header.name().length();
        }
        var layout = known.get(names);
        if (layout != null) {
            return layout;
        }
        layout = find(headers);
        if (characters <= MOST_CHARACTERS) {
            if (known.size() >= REMEMBERED) {
                known.clear();
            }
            known.put(List.copyOf(names), layout);
        }
        return layout;
    }

    private Layout find(Headers headers) {
        return new Layout(
                readers.stream().filter(reader -> reader.speaks(headers)).toList(),
                failureHeaders(headers));
    }

    private List<String> failureHeaders(Headers headers) {
        var names = new LinkedHashSet<String>();
        for (var header : headers.all()) {
            if (!RedriveMark.isMark(header.name())
                    && !names.contains(header.name())
                    && readers.stream()
                            .anyMatch(reader -> reader.isFailureHeader(header, headers))) {
                names.add(header.name());
            }
        }
        return List.copyOf(names);
    }
}
