package org.deadletteroffice.core.job;

/// What happens to payloads on the way.
public sealed interface Change {
    record None() implements Change {}

    /// Only for a scope of one id.
    record Payload(byte[] bytes) implements Change {}

    /// A jq program over the decoded payload, re-encoded as it came. A message on which it fails is
    /// excluded with the error.
    record Jq(String program) implements Change {}
}
