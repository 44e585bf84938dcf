package org.deadletteroffice.desktop.redrive;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deadletteroffice.core.cause.Causes;
import org.deadletteroffice.core.cause.RedriveMark;
import org.deadletteroffice.core.job.HeaderEdit;
import org.deadletteroffice.core.job.HeaderPolicy;
import org.deadletteroffice.desktop.payload.HeaderText;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;

/// What becomes of one header under a policy.
///
/// @param value of one message, as an example; what it becomes where it is set
/// @param why in words; empty where it speaks for itself
/// @param byHand whether an edit of the operator does it, which can be taken back
record HeaderFate(String name, Effect effect, String value, String why, boolean byHand) {
    /// Compared with the message as it lies.
    enum Effect {
        STAYS,
        CHANGES,
        GOES,
        ADDED
    }

    /// Of all headers that the messages carry, in their order, then of what is added.
    static List<HeaderFate> of(Collection<Headers> messages, HeaderPolicy policy) {
        var seen = new LinkedHashMap<String, String>();
        var failure = new HashSet<String>();
        var causes = Causes.standard();
        for (var headers : messages) {
            headers.forEach(
                    header -> seen.putIfAbsent(header.name(), HeaderText.of(header).text()));
            failure.addAll(causes.failureHeaders(headers));
        }
        var edits = new LinkedHashMap<String, HeaderEdit>();
        policy.edits().forEach(edit -> edits.put(edit.name(), edit));
        var fates = new ArrayList<HeaderFate>();
        seen.forEach(
                (name, value) -> fates.add(fate(name, value, edits.get(name), failure, policy)));
        edits.forEach(
                (name, edit) -> {
                    if (edit instanceof HeaderEdit.Set(_, var value) && !seen.containsKey(name)) {
                        fates.add(new HeaderFate(name, Effect.ADDED, value, "", true));
                    }
                });
        marks(seen, fates);
        return List.copyOf(fates);
    }

    private static HeaderFate fate(
            String name,
            String value,
            @Nullable HeaderEdit edit,
            Set<String> failure,
            HeaderPolicy policy) {
        if (RedriveMark.isMark(name)) {
            return new HeaderFate(name, Effect.CHANGES, value, "this job's own mark", false);
        }
        return switch (edit) {
            case HeaderEdit.Drop _ ->
                    new HeaderFate(name, Effect.GOES, value, "dropped by you", true);
            case HeaderEdit.Set(_, var text) ->
                    new HeaderFate(name, Effect.CHANGES, text, "was " + value, true);
            case HeaderEdit.Replace(_, var find, var by) ->
                    new HeaderFate(
                            name, Effect.CHANGES, value.replace(find, by), "was " + value, true);
            case null ->
                    failure.contains(name) && !policy.keepFailureHeaders()
                            ? new HeaderFate(
                                    name, Effect.GOES, value, "tells of the failure", false)
                            : new HeaderFate(name, Effect.STAYS, value, "", false);
        };
    }

    /// Every message that is sent carries them, so that what comes back is known again.
    private static void marks(Map<String, String> seen, List<HeaderFate> fates) {
        for (var mark : List.of(RedriveMark.ID, RedriveMark.JOB, RedriveMark.COUNT)) {
            if (!seen.containsKey(mark)) {
                fates.add(new HeaderFate(mark, Effect.ADDED, "", "this job's own mark", false));
            }
        }
    }
}
