package org.deadletteroffice.core.job;

/// A change of headers, in order, after the failure headers were dropped.
public sealed interface HeaderEdit {
    String name();

    /// Replaces all of this name by one at the place of the first, or adds it at the end.
    record Set(String name, String value) implements HeaderEdit {}

    record Drop(String name) implements HeaderEdit {}
}
