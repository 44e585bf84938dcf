package org.deadletteroffice.core.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.deadletteroffice.spi.schema.SchemaService;
import org.slf4j.LoggerFactory;

/// The registries on the class path; one that is broken hides no other.
final class SchemaServices {
    private static final int MOST_FAILURES = 100;
    private static final List<SchemaService> ALL = load();

    private SchemaServices() {}

    static List<SchemaService> all() {
        return ALL;
    }

    static Optional<SchemaService> of(String kind) {
        return ALL.stream().filter(service -> service.kind().equals(kind)).findFirst();
    }

    private static List<SchemaService> load() {
        var services = new ArrayList<SchemaService>();
        var failures = 0;
        // hasNext() itself can throw, so step by hand.
        for (var found = ServiceLoader.load(SchemaService.class).stream().iterator();
                failures < MOST_FAILURES; ) {
            try {
                if (!found.hasNext()) {
                    break;
                }
                services.add(found.next().get());
            } catch (ServiceConfigurationError | LinkageError broken) {
                failures++;
                LoggerFactory.getLogger(SchemaServices.class)
                        .warn("A schema registry could not be loaded.", broken);
            }
        }
        return List.copyOf(services);
    }
}
