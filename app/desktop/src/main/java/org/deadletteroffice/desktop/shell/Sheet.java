package org.deadletteroffice.desktop.shell;

import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// What opens above the screen, to be finished or closed.
public sealed interface Sheet {
    /// @param profile to change; null to add one
    record Connect(@Nullable Profile profile) implements Sheet {}

    /// @param scopeInWords what was chosen: `3 selected messages`, `group JsonMappingException`
    /// @param until the snapshot that was on screen; null for the queue's end now
    record Redrive(QueueRef source, Scope scope, String scopeInWords, @Nullable Cursor until)
            implements Sheet {}

    /// Edit and replay one message.
    record Edit(QueueRef source, MessageView message) implements Sheet {}
}
