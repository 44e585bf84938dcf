package org.deadletteroffice.core.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.core.edit.DiffLine;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.jspecify.annotations.Nullable;

/// What a job would do; nothing was sent.
///
/// @param until the snapshot it was made over: start the job with it to act on what was reviewed
/// @param inScope messages the scope means
/// @param planned messages that would be sent
/// @param excluded what would be left out, and why
/// @param warnings what would come of messages that would be sent, beyond what was asked for
/// @param notes what nobody can tell of some messages, a sentence each
/// @param destinations queue → how many
/// @param readers who will get the messages at their destinations: consumer groups, one line each
/// @param droppedHeaders names of failure headers that would be dropped, with how many messages
///     carry them
/// @param samples before and after of some messages
/// @param schema how those that would be sent stand against a schema; null where none was asked for
/// @param claims whether the payloads are there that those that would be sent point to; null where
///     none does
/// @param estimate at the pace asked for; null where nothing is known of the speed
public record Preview(
        Cursor until,
        long inScope,
        long planned,
        List<Exclusion> excluded,
        List<Exclusion> warnings,
        List<String> notes,
        Map<String, Long> destinations,
        List<String> readers,
        Map<String, Long> droppedHeaders,
        List<Sample> samples,
        Guarantee guarantee,
        String guaranteeSentence,
        @Nullable SchemaVerdicts schema,
        @Nullable ClaimVerdicts claims,
        @Nullable Duration estimate,
        long millis) {
    public Preview {
        excluded = List.copyOf(excluded);
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
        readers = List.copyOf(readers);
        samples = List.copyOf(samples);
    }

    /// Messages of which the same is to be said: that they are left out, or another thing.
    ///
    /// @param reason in words, the same for all of them
    /// @param examples at most 20
    public record Exclusion(String reason, long count, List<MessageId> examples) {}

    /// @param payload empty where it does not change
    public record Sample(MessageId id, List<DiffLine> payload, List<DiffLine> headers) {}
}
