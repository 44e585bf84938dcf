package org.deadletteroffice.core;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deadletteroffice.spi.connector.Connector;
import org.jspecify.annotations.Nullable;

/// @param home the data folder; made when absent
/// @param extraConnectors connectors besides those found by `ServiceLoader` (tests hand in the
///     memory broker)
/// @param sharedStore the address of a store on PostgreSQL that a team shares, instead of the one
/// in the data folder; empty: as the setting [Engine#SHARED_STORE] says
public record EngineOptions(
        Path home, Clock clock, List<Connector> extraConnectors, Optional<String> sharedStore) {
    public EngineOptions {
        home = home.toAbsolutePath().normalize();
        extraConnectors = List.copyOf(extraConnectors);
    }

    /// With the store that the settings say, or `$DLO_STORE`.
    public EngineOptions(Path home, Clock clock, List<Connector> extraConnectors) {
        this(home, clock, extraConnectors, Optional.ofNullable(variable("DLO_STORE")));
    }

    /// The given folder, the system clock, the connectors on the class path.
    public static EngineOptions at(Path home) {
        return new EngineOptions(home, Clock.systemUTC(), List.of());
    }

    /// `$DLO_HOME`, else the platform's data folder (`$XDG_DATA_HOME/dead-letter-office`,
    /// `~/Library/Application Support/…`, `%LOCALAPPDATA%\…`).
    public static Path defaultHome() {
        var chosen = variable("DLO_HOME");
        if (chosen != null) {
            return Path.of(chosen).toAbsolutePath();
        }
        var user = Path.of(System.getProperty("user.home"));
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (os.contains("mac")) {
            return user.resolve("Library/Application Support/Dead Letter Office");
        }
        if (os.contains("windows")) {
            var local = variable("LOCALAPPDATA");
            return (local == null ? user.resolve("AppData/Local") : Path.of(local))
                    .resolve("Dead Letter Office");
        }
        var xdg = variable("XDG_DATA_HOME");
        // The XDG base directory specification: a relative path is to be ignored.
        var base =
                xdg == null || !Path.of(xdg).isAbsolute()
                        ? user.resolve(".local/share")
                        : Path.of(xdg);
        return base.resolve("dead-letter-office");
    }

    private static @Nullable String variable(String name) {
        var value = System.getenv(name);
        return value == null || value.isBlank() ? null : value;
    }
}
