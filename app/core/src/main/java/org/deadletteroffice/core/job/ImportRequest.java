package org.deadletteroffice.core.job;

import java.nio.file.Path;
import org.deadletteroffice.spi.message.QueueRef;

/// Sends the messages of an exported file into a queue.
///
/// @param source the queue to send to
/// @param file JSON lines as an export writes them
/// @param sha256 of the file as it was checked, in hex: a file that was changed meanwhile is not
///     gone on with
public record ImportRequest(QueueRef source, Path file, String sha256, String reason)
        implements JobRequest {}
