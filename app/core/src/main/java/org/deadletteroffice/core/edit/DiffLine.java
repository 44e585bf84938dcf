package org.deadletteroffice.core.edit;

/// One line of a difference.
public record DiffLine(Kind kind, String text) {
    public enum Kind {
        SAME,
        ADDED,
        REMOVED,
        /// Lines left out between two places that differ.
        GAP
    }
}
