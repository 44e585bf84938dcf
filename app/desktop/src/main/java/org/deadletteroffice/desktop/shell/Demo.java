package org.deadletteroffice.desktop.shell;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.jspecify.annotations.Nullable;

/// The demo, started from the window: `dlo demo --no-window` in a process of its own. Its profiles
/// appear among the others by themselves and vanish with it. Thread-safe.
public final class Demo implements AutoCloseable {
    private static final String COMMAND_LINE = "org.deadletteroffice.cli.Main";

    private final Path home;
    private final boolean comes;
    private @Nullable Process process;

    /// @param home the data folder in which its profiles appear
    /// @param comes whether one was started before this window, and its profiles are to appear
    public Demo(Path home, boolean comes) {
        this.home = home;
        this.comes = comes;
    }

    /// Whether a demo that was started before this window is on its way.
    public boolean comes() {
        return comes;
    }

    public Path home() {
        return home;
    }

    /// Whether the command line is part of this installation.
    public boolean isAvailable() {
        var name = "/" + COMMAND_LINE.replace('.', '/') + ".class";
        return Demo.class.getResource(name) != null;
    }

    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    /// Blocks until the demo's first profile is there; harmless while it runs.
    ///
    /// @throws OperatorException when it ended before
    public void start() throws OperatorException {
        var started = launch();
        try {
            var lines = started.inputReader(StandardCharsets.UTF_8);
            if (lines.readLine() == null) {
                throw new OperatorException(
                        Kind.STORE,
                        "The demo ended before it was ready.",
                        "Run it in a terminal to see why: dlo demo --no-window");
            }
            // Its further lines are for a terminal, but a full pipe would stop it.
            Thread.ofVirtual().name("demo output").start(() -> lines.lines().forEach(_ -> {}));
        } catch (IOException failure) {
            throw new OperatorException(
                    Kind.STORE,
                    "The demo's output cannot be read.",
                    "Run it in a terminal instead: dlo demo --no-window",
                    failure);
        }
    }

    private synchronized Process launch() throws OperatorException {
        if (process != null && process.isAlive()) {
            return process;
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED"));
        var lib = System.getProperty("dlo.demo.lib");
        if (lib != null) {
            command.add("-Ddlo.demo.lib=" + lib);
        }
        var classPath = System.getProperty("java.class.path", "");
        command.addAll(
                List.of(
                        "-cp",
                        classPath.isEmpty() ? "." + File.separator : classPath,
                        COMMAND_LINE,
                        "demo",
                        "--no-window"));
        var builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
        builder.environment().put("DLO_HOME", home.toString());
        try {
            var started = builder.start();
            process = started;
            return started;
        } catch (IOException failure) {
            throw new OperatorException(
                    Kind.STORE,
                    "The demo's process cannot be started.",
                    "Run it in a terminal instead: dlo demo --no-window",
                    failure);
        }
    }

    /// Ends the demo, if it runs.
    @Override
    public synchronized void close() {
        if (process != null) {
            process.destroy();
        }
    }
}
