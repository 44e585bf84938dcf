package org.deadletteroffice.desktop.shell;

import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Where the operator is: a screen, and what it shows.
public sealed interface Place {
    record Overview() implements Place {}

    /// @param queue null: none chosen yet
    /// @param message to open at once; null for none
    record Triage(@Nullable QueueRef queue, @Nullable MessageId message) implements Place {}

    /// @param job to show in detail; null for the list alone
    record Jobs(@Nullable String job) implements Place {}

    /// @param search to begin with; empty for all
    record Audit(String search) implements Place {}

    record Settings() implements Place {}

    record Help() implements Place {}

    /// In the rail and the breadcrumb.
    default String title() {
        return switch (this) {
            case Overview _ -> "Overview";
            case Triage _ -> "Triage";
            case Jobs _ -> "Jobs";
            case Audit _ -> "Audit";
            case Settings _ -> "Settings";
            case Help _ -> "Help";
        };
    }
}
