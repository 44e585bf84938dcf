package org.deadletteroffice.core.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.TimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/// Sends this process's log lines to a file that all processes of a data folder share
/// (`logs/dlo.DATE.log`; two weeks, at most 200 MB).
public final class LogFile {
    private static final String NAME = "dlo-file";

    /// Once a process: a second engine in it logs into the first one's folder. Does nothing where
    /// another logging backend is on the class path.
    public static void open(Path folder) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)
                || System.getProperty("logback.configurationFile") != null) {
            return;
        }
        synchronized (LogFile.class) {
            var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
            if (root.getAppender(NAME) == null) {
                root.addAppender(appender(folder, context));
            }
        }
    }

    private static RollingFileAppender<ILoggingEvent> appender(Path folder, LoggerContext context) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(
                "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} "
                        + ProcessHandle.current().pid()
                        + " %-5level %thread %logger{20} - %msg%n");
        encoder.start();
        var appender = new RollingFileAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName(NAME);
        // Locks the file for each line: several processes write to it.
        appender.setPrudent(true);
        appender.setEncoder(encoder);
        var daily = new TimeBasedRollingPolicy<ILoggingEvent>();
        daily.setContext(context);
        daily.setParent(appender);
        daily.setFileNamePattern(folder.resolve("dlo.%d{yyyy-MM-dd}.log").toString());
        daily.setMaxHistory(14);
        daily.setTotalSizeCap(FileSize.valueOf("200MB"));
        appender.setRollingPolicy(daily);
        daily.start();
        appender.start();
        return appender;
    }

    private LogFile() {}
}
