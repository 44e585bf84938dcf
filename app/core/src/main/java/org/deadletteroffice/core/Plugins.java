package org.deadletteroffice.core;

import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.connector.Connector;

/// What `ServiceLoader` found, one at a time: a broken one is a [Failure] here and stops no other.
public final class Plugins {
    public List<Connector> connectors() {
        throw new UnsupportedOperationException();
    }

    public Optional<Connector> connector(String kind) {
        throw new UnsupportedOperationException();
    }

    public List<Failure> failures() {
        throw new UnsupportedOperationException();
    }

    /// @param sentence what is broken, for the operator
    public record Failure(String sentence, Throwable cause) {}
}
