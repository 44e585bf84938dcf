package org.deadletteroffice.desktop.inspect;

import java.time.Instant;
import org.deadletteroffice.desktop.control.Tone;
import org.jspecify.annotations.Nullable;

/// Something that happened to a message.
///
/// @param time null where it is not known; such an event stands where it must have happened
/// @param job to open; null where it was no job
public record HistoryEvent(
        @Nullable Instant time, Tone tone, String sentence, @Nullable String job) {}
