package org.deadletteroffice.core.browse;

import org.deadletteroffice.spi.message.Count;

/// How much of what was read for a list, a count or a group.
///
/// @param read messages looked at
/// @param matched messages that were meant
/// @param total messages there were to read
/// @param complete nothing was left out
/// @param sentence why it stopped and what was left out, in words; empty when complete
/// @param millis how long it took
public record Completeness(
        long read, long matched, Count total, boolean complete, String sentence, long millis) {}
