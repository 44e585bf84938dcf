package org.deadletteroffice.core.job;

import java.nio.file.Path;

/// What an export wrote.
///
/// @param leftOut messages that the broker's client cannot read whole, or that were chosen and are
///     gone
/// @param sha256 of the file, in hex
public record Exported(Path file, long messages, long leftOut, long bytes, String sha256) {}
