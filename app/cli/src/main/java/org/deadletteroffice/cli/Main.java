package org.deadletteroffice.cli;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.deadletteroffice.core.logging.LogFile;
import org.deadletteroffice.core.store.DataFolder;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/// The entry of `dlo`.
public final class Main {
    /// How long a command may take to end in good order once it was interrupted.
    private static final long GRACE_SECONDS = 30;

    private Main() {}

    public static void main(String[] args) {
        var host = Host.process();
        Signals.handle(
                () -> {
                    Thread.ofPlatform().daemon().name("grace").start(Main::endAfterGrace);
                    host.interruption().request();
                },
                Main::halt);
        System.exit(run(args, host));
    }

    private static void endAfterGrace() {
        try {
            // The time given to the process is the point: it ends when its work does.
            TimeUnit.SECONDS.sleep(GRACE_SECONDS);
            System.err.println("dlo did not end in time and is stopped.");
        } catch (InterruptedException nobodyInterruptsIt) {
            Thread.currentThread().interrupt();
        }
        halt();
    }

    /// What a second Ctrl+C asks for; a job is found as interrupted and can be resumed.
    private static void halt() {
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
    }

    /// Runs one command in this process.
    ///
    /// @return the exit code; see [ExitCode]
    public static int run(String[] args, Host host) {
        var session = new Session(host);
        try (session) {
            return commandLine(session).execute(args);
        } catch (Throwable thrown) {
            // the engine could not be closed
            return tell(session, thrown);
        } finally {
            host.out().flush();
            host.err().flush();
        }
    }

    /// The whole command, for running, help, completion and tests.
    public static CommandLine commandLine(Session session) {
        var line = new CommandLine(Dlo.class, new Commands(session));
        line.getCommandSpec().usageMessage().exitCodeList(exitCodes());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(100);
        line.registerConverter(Duration.class, Main::duration);
        line.setOut(new PrintWriter(session.host().out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(session.host().err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler(
                (wrong, args) -> {
                    formatOf(args, session);
                    return tell(session, wrong);
                });
        line.setExecutionExceptionHandler((thrown, _, _) -> tell(session, thrown));
        return line;
    }

    private static Map<String, String> exitCodes() {
        var codes = new LinkedHashMap<String, String>();
        for (var code : ExitCode.values()) {
            codes.put(" " + code.number(), code.meaning());
        }
        return codes;
    }

    private static Duration duration(String text) {
        try {
            return ProfileSchema.parseDuration(text);
        } catch (IllegalArgumentException notATime) {
            throw new CommandLine.TypeConversionException(
                    "'" + text + "' is no time such as 500ms, 10s or 2m");
        }
    }

    /// A command line that cannot be parsed may still say in which form its error is wanted.
    private static void formatOf(String[] args, Session session) {
        for (int i = 0; i < args.length; i++) {
            var option = args[i];
            if (option.equals("-o") || option.equals("--output")) {
                option = i + 1 < args.length ? "--output=" + args[i + 1] : "";
            }
            var name = option.startsWith("--output=") ? option.substring(9) : "";
            Arrays.stream(Output.Format.values())
                    .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                    .forEach(session::format);
        }
    }

    private static int tell(Session session, Throwable thrown) {
        var cause = thrown instanceof InvocationTargetException e ? e.getCause() : thrown;
        var trouble = Trouble.of(cause == null ? thrown : cause);
        if (trouble.exit() == ExitCode.DEFECT) {
            // It may have come before anything asked for the data folder.
            LogFile.open(new DataFolder(session.home()).logs());
            LoggerFactory.getLogger(Main.class).error(trouble.message(), thrown);
        }
        session.say(Table.plain(trouble.message() + " " + trouble.remedy()));
        session.output().error(trouble);
        return trouble.exit().number();
    }
}
