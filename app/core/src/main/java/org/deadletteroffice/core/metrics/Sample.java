package org.deadletteroffice.core.metrics;

import java.time.Instant;

/// Depth of a queue, or lag of a consumer, at a time.
public record Sample(Instant time, long value) {}
