package org.deadletteroffice.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.deadletteroffice.spi.connector.Connector;

/// What `ServiceLoader` found, one at a time: a broken one is a [Failure] here and stops no other.
public final class Plugins {
    /// So that a service file that fails for ever cannot keep the program from starting.
    private static final int MOST_FAILURES = 100;

    private final List<Connector> connectors = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    /// @param extra come first; one found later with the kind of an earlier one is left out, and
    ///     told as a failure
    public static Plugins load(List<Connector> extra) {
        var plugins = new Plugins();
        extra.forEach(plugins::add);
        // hasNext() itself can throw, so step by hand.
        for (var found = ServiceLoader.load(Connector.class).stream().iterator();
                plugins.failures.size() < MOST_FAILURES; ) {
            try {
                if (!found.hasNext()) {
                    break;
                }
                plugins.add(found.next().get());
            } catch (ServiceConfigurationError | LinkageError broken) {
                plugins.failures.add(
                        new Failure(
                                "A broker connector could not be loaded: "
                                        + broken.getMessage()
                                        + ".",
                                broken));
            }
        }
        return plugins;
    }

    private Plugins() {}

    private void add(Connector connector) {
        if (connector(connector.kind()).isPresent()) {
            var sentence =
                    "There are two connectors of the kind '"
                            + connector.kind()
                            + "'; the first one is used.";
            failures.add(
                    new Failure(
                            sentence, new IllegalStateException(connector.getClass().getName())));
        } else {
            connectors.add(new ConnectorForOffice(connector));
        }
    }

    public List<Connector> connectors() {
        return List.copyOf(connectors);
    }

    public Optional<Connector> connector(String kind) {
        return connectors.stream().filter(connector -> connector.kind().equals(kind)).findFirst();
    }

    public List<Failure> failures() {
        return List.copyOf(failures);
    }

    /// @param sentence what is broken, for the operator
    public record Failure(String sentence, Throwable cause) {}
}
