package org.deadletteroffice.core.ledger;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.deadletteroffice.core.ByteWriter;
import org.jspecify.annotations.Nullable;

/// What was planned of a page's messages, line by line in order of their numbers; never changes.
///
/// @param contents see [Entry#content]
record PlannedLines(
        List<String> messages,
        List<@Nullable Long> sequences,
        List<@Nullable String> destinations,
        List<@Nullable String> blocks,
        List<@Nullable Long> contents) {

    static PlannedLines of(List<Entry> entries) {
        return new PlannedLines(
                entries.stream().map(entry -> entry.message().text()).toList(),
                Outcomes.list(entries, Entry::sequence),
                Outcomes.list(entries, Entry::destination),
                Outcomes.list(entries, Entry::block),
                Outcomes.list(entries, Entry::content));
    }

    byte[] bytes() {
        var out = new ByteWriter(messages.size() * 16);
        Column.number(out, messages.size());
        Column.writeNumbered(out, messages);
        Column.writeNumbers(out, contents);
        Column.writeCounting(out, sequences);
        Column.writeRuns(out, destinations);
        Column.writeRuns(out, blocks);
        return out.toBytes();
    }

    static PlannedLines read(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            var count = Math.toIntExact(Column.number(in));
            var messages = messages(in, count);
            var contents = Column.readNumbers(in, count);
            return new PlannedLines(
                    messages,
                    Column.readCounting(in, count),
                    Column.readRuns(in, count),
                    Column.readRuns(in, count),
                    contents);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    /// Only the ids.
    static List<String> readMessages(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return messages(in, Math.toIntExact(Column.number(in)));
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private static List<String> messages(DataInputStream in, int count) throws IOException {
        return Column.readNumbered(in, count).stream().map(String::valueOf).toList();
    }
}
