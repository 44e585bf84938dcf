package org.deadletteroffice.core;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.deadletteroffice.spi.connector.Connector;

/// @param home the data folder; made when absent
/// @param extraConnectors connectors besides those found by `ServiceLoader` (tests hand in the
///     memory broker)
public record EngineOptions(Path home, Clock clock, List<Connector> extraConnectors) {
    public EngineOptions {
        extraConnectors = List.copyOf(extraConnectors);
    }

    /// The given folder, the system clock, the connectors on the class path.
    public static EngineOptions at(Path home) {
        return new EngineOptions(home, Clock.systemUTC(), List.of());
    }

    /// `$DLO_HOME`, else the platform's data folder (`$XDG_DATA_HOME/dead-letter-office`,
    /// `~/Library/Application Support/…`, `%LOCALAPPDATA%\…`).
    public static Path defaultHome() {
        throw new UnsupportedOperationException();
    }
}
