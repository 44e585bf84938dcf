package org.deadletteroffice.core.job;

/// What happens to payloads on the way.
public sealed interface Change {
    record None() implements Change {}

    /// Only for a scope of one id.
    record Payload(byte[] bytes) implements Change {}

    /// A jq program over the decoded payload, re-encoded as it came. A message on which it fails is
    /// excluded with the error.
    record Jq(String program) implements Change {}

    /// Finds and replaces text in one field of the decoded payload, or in all its texts, re-encoded
    /// as it came. What does not hold the text goes unchanged.
    ///
    /// @param path of the field, as jq writes it: `.customer.country`, `.items[].sku`; empty for
    ///     every text in the payload
    /// @param find not empty; taken literally
    record Replace(String path, String find, String by) implements Change {}
}
