package org.deadletteroffice.desktop.shell;

import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// What opens above the screen, to be finished or closed.
public sealed interface Sheet {
    /// @param profile to change; null to add one
    record Connect(@Nullable Profile profile) implements Sheet {}

    /// @param request what is proposed; the operator completes it
    /// @param count how many messages it is about, as far as known before the rehearsal
    /// @param exact whether `count` is the whole truth
    /// @param scopeInWords what was chosen: `3 selected messages`, `group JsonMappingException`
    record Redrive(RedriveRequest request, long count, boolean exact, String scopeInWords)
            implements Sheet {}

    /// @param count how many messages it is about, as far as known before the rehearsal
    /// @param exact whether `count` is the whole truth
    /// @param scopeInWords what was chosen, as in [Redrive]
    record Purge(QueueRef source, Scope scope, long count, boolean exact, String scopeInWords)
            implements Sheet {}

    /// A whole queue, by the broker itself.
    record Move(QueueRef source) implements Sheet {}

    /// Edit and replay one message.
    record Edit(QueueRef source, MessageView message) implements Sheet {}

    /// What bears the same ids as a message, through all brokers.
    record Trace(MessageView message) implements Sheet {}

    /// Two messages side by side.
    ///
    /// @param later shown in the place of `right` on demand: both are of the left one's key and
    ///     succeeded, `right` before it and this after it; null for none
    record Compare(MessageView left, MessageView right, @Nullable MessageView later)
            implements Sheet {
        public Compare(MessageView left, MessageView right) {
            this(left, right, null);
        }
    }
}
