package org.deadletteroffice.sqs;

import java.util.List;
import java.util.stream.Collectors;

/// A place in a queue that knows none: past the messages that were read before.
///
/// @param past what was read, visit by visit; empty at the beginning
/// @param since only messages sent at or after this time, in milliseconds of the epoch; 0 for all
record Place(List<Part> past, long since) {
    static final Place START = new Place(List.of(), 0);

    /// The first `count` messages of a visit.
    record Part(int chapter, int count) {}

    Place {
        past = List.copyOf(past);
    }

    /// `nonce` names the connection that kept the visits.
    String token(String nonce) {
        var parts =
                past.stream()
                        .map(part -> part.chapter() + "." + part.count())
                        .collect(Collectors.joining("+"));
        return nonce + ":" + parts + (since == 0 ? "" : "@" + since);
    }
}
