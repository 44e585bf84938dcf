package org.deadletteroffice.core.job;

import java.util.List;
import org.deadletteroffice.spi.message.Count;
import org.jspecify.annotations.Nullable;

/// What a move by the broker would do; nothing was moved.
///
/// @param messages how many lie in the queue now; what dies meanwhile goes too
/// @param destination null: each message's origin
/// @param readers who will get them there, a line each; empty where the destination is each
///     message's origin
public record MovePreview(Count messages, @Nullable String destination, List<String> readers) {
    public MovePreview {
        readers = List.copyOf(readers);
    }
}
