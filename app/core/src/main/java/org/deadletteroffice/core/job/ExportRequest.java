package org.deadletteroffice.core.job;

import java.nio.file.Path;
import org.deadletteroffice.spi.message.QueueRef;

/// Which messages are to be written to which file.
///
/// @param includeResolved also what was redriven before and lies there still
/// @param replace whether a file that is there already may be replaced
public record ExportRequest(
        QueueRef source,
        Scope scope,
        boolean includeResolved,
        Path file,
        boolean replace,
        String reason) {}
