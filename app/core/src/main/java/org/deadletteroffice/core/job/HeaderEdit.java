package org.deadletteroffice.core.job;

/// A change of headers, in order, after the failure headers were dropped.
public sealed interface HeaderEdit {
    String name();

    /// Replaces all of this name by one at the place of the first, or adds it at the end.
    record Set(String name, String value) implements HeaderEdit {}

    record Drop(String name) implements HeaderEdit {}

    /// Replaces every occurrence of a text in the values of this name. A value that is no UTF-8
    /// text stays as it is.
    ///
    /// @param find not empty; taken literally
    record Replace(String name, String find, String by) implements HeaderEdit {
        public Replace {
            if (find.isEmpty()) {
                throw new IllegalArgumentException("nothing to find in the header " + name);
            }
        }
    }
}
