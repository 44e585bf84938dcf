package org.deadletteroffice.desktop.triage;

import java.util.List;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.message.MessageId;

/// What an act on the queue would be about.
///
/// @param count as far as known
/// @param words `3 selected messages`, `group JsonMappingException`
public record Target(Scope scope, long count, boolean exact, String words) {
    /// Before anything is known of the queue.
    static final Target UNKNOWN = new Target(new Scope.All(), 0, false, "");

    /// What is ticked, else the group, else the filter, else all.
    static Target of(Selection selection, FailureGroups groups, Filter filter) {
        int ticked = selection.countProperty().get();
        if (ticked > 0) {
            return new Target(
                    new Scope.Ids(selection.ids()),
                    ticked,
                    true,
                    Amounts.of(ticked, "selected message", "selected messages"));
        }
        var group = groups.chosenProperty().get();
        if (group != null) {
            var scope =
                    filter.isAll()
                            ? new Scope.GroupOf(group.fingerprint())
                            : new Scope.Matching(filter.textWithin(group.fingerprint()));
            return new Target(scope, group.count(), groups.areExact(), "group " + group.type());
        }
        long count = groups.matchedProperty().get();
        return filter.isAll()
                ? new Target(new Scope.All(), count, groups.areExact(), "all messages of the queue")
                : new Target(
                        new Scope.Matching(filter.text()),
                        count,
                        groups.areExact(),
                        "messages that match " + filter.text());
    }

    /// One message, as it is.
    static Target of(MessageId message) {
        return new Target(new Scope.Ids(List.of(message)), 1, true, "message " + message);
    }

    /// Nothing to act on, or nothing known yet.
    public boolean isEmpty() {
        return count == 0;
    }
}
