package org.deadletteroffice.core.browse;

import java.util.List;
import org.deadletteroffice.spi.message.Cursor;

/// @param messages in the direction of paging
/// @param older goes on towards the oldest
/// @param newer goes on towards the newest
/// @param atEnd nothing more lay in that direction
public record ViewPage(
        List<MessageView> messages,
        Cursor older,
        Cursor newer,
        boolean atEnd,
        Completeness completeness) {
    public ViewPage {
        messages = List.copyOf(messages);
    }

    /// For who asked for older ones of a queue that is read in one direction: "older" goes on.
    /// What is newer than the page is only what comes from now on.
    ViewPage turned() {
        return new ViewPage(messages, newer, Cursor.newest(), atEnd, completeness);
    }
}
