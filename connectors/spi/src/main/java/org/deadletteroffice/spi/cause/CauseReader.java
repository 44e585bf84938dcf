package org.deadletteroffice.spi.cause;

import java.util.Optional;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;

/// Reads one framework's way of writing a death into headers. Stateless; found by `ServiceLoader`;
/// never throws for any input.
public interface CauseReader {
    /// The framework's name as its people write it: `Spring Kafka`.
    String name();

    /// Where several readers find something, the lowest goes first: 0 to 99 for a named framework,
    /// 100 for the general one.
    int order();

    /// What the message says of its death in this framework's words; empty when it does not speak
    /// them.
    Optional<Failure> read(DeadLetter message);

    /// Whether this header tells of a death (and so must not travel on with a redrive) rather than
    /// belongs to the message.
    boolean isFailureHeader(Header header, Headers all);
}
