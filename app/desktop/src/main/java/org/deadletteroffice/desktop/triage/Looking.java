package org.deadletteroffice.desktop.triage;

/// Whether the messages of the open queue may be read.
enum Looking {
    /// What it costs is not known yet.
    UNKNOWN,
    /// It costs something, or nobody could say what; the operator was told and asked.
    ASKED,
    ALLOWED
}
