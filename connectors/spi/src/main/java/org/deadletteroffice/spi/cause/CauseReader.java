package org.deadletteroffice.spi.cause;

import java.util.Optional;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;

/// Reads one framework's way of writing a death into headers. Stateless; found by `ServiceLoader`;
/// never throws for any input.
///
/// Messages of a queue have the same header names again and again. What follows from the names
/// alone, [#speaks] and [#isFailureHeader], is asked once for all that have the same.
public interface CauseReader {
    /// The framework's name as its people write it: `Spring Kafka`.
    String name();

    /// Where several readers find something, the lowest goes first. From 100 on a reader is asked
    /// only where none of the others found anything: for what costs much or fits much.
    int order();

    /// Whether a message with headers of these names may tell of its death in this framework's
    /// words. Depends on nothing but the names and their order.
    boolean speaks(Headers headers);

    /// What the message says of its death; empty when it says nothing after all. Asked only where
    /// the reader [#speaks] of its headers.
    Optional<Failure> read(DeadLetter message);

    /// Whether this header tells of a death (and so must not travel on with a redrive) rather than
    /// belongs to the message. Depends on nothing but the names and their order.
    boolean isFailureHeader(Header header, Headers all);
}
