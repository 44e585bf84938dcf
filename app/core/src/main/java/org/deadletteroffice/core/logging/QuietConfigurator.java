package org.deadletteroffice.core.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/// Sets the levels and prints nothing anywhere until [LogFile] is told of a data folder. In code
/// rather than in XML, which takes a tenth of a second to read at every start.
/// `-Dlogback.configurationFile=…` goes before it.
public final class QuietConfigurator extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        // Clients tell their whole configuration at info, and each broken connection many times.
        for (var client :
                new String[] {
                    "org.apache.kafka", "org.flywaydb", "software.amazon", "com.github.javakeyring"
                }) {
            context.getLogger(client).setLevel(Level.WARN);
        }
        // It warns at every start of a store that is newer than its own tests, and does not matter.
        context.getLogger("org.flywaydb.core.internal.database.base.Database")
                .setLevel(Level.ERROR);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
