package org.deadletteroffice.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.deadletteroffice.core.OperatorException;
import org.jspecify.annotations.Nullable;

/// The demo in a process and on a class path of its own, so that nothing else starts slower for its
/// brokers. It ends when its standard input closes, and so never outlives this process.
public final class DemoProcess {
    private static final String MAIN = "org.deadletteroffice.demo.Main";
    private static final long END_SECONDS = 20;

    private final Session session;
    private final List<String> only;
    private final boolean window;

    public DemoProcess(Session session, List<String> only, boolean window) {
        this.session = session;
        this.only = only;
        this.window = window;
    }

    /// Blocks until the window is closed, or without one until it is interrupted.
    public ExitCode run() throws Exception {
        var screen = new Window(session);
        var obstacle = window ? screen.obstacle() : null;
        if (obstacle != null) {
            throw wrong(obstacle, "Give --no-window to serve without one.");
        }
        var process = start();
        session.host()
                .interruption()
                .handle(
                        () -> {
                            screen.close();
                            stop(process);
                        });
        try {
            if (window) {
                // The window comes up beside the brokers and shows their messages as they arrive.
                Thread.ofVirtual().name("demo").start(() -> closeUnlessReady(process, screen));
                screen.open(Window.DEMO_STARTING);
            } else {
                tellWhenReady(process);
                process.waitFor();
            }
        } finally {
            stop(process);
        }
        if (!session.host().interruption().isRequested() && process.exitValue() != 0) {
            throw new OperatorException(
                    OperatorException.Kind.STORE,
                    "The demo ended by itself with " + process.exitValue() + ".",
                    "What it said stands above.");
        }
        return ExitCode.DONE;
    }

    private Process start() throws OperatorException {
        var lib = lib();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        lib.resolve("*") + File.pathSeparator + ownLib().resolve("*"),
                        MAIN,
                        "--home",
                        session.home().toAbsolutePath().toString()));
        if (!only.isEmpty()) {
            command.addAll(List.of("--only", String.join(",", only)));
        }
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw wrong("The demo's process cannot be started.", "Is this installation whole?", e);
        }
    }

    private void closeUnlessReady(Process process, Window screen) {
        try {
            if (!tellWhenReady(process)) {
                screen.close();
            }
        } catch (IOException ended) {
            screen.close();
        }
    }

    /// Each line the demo prints names a profile that it made; an empty line ends them.
    ///
    /// @return false when the demo ended before it was ready
    private boolean tellWhenReady(Process process) throws IOException {
        var names = new ArrayList<String>();
        var lines = process.inputReader(StandardCharsets.UTF_8);
        for (var line = lines.readLine();
                line != null && !line.isEmpty();
                line = lines.readLine()) {
            names.add(line);
        }
        if (names.isEmpty()) {
            return false;
        }
        session.output()
                .list(
                        names,
                        name -> Map.of("profile", name),
                        new Table<String>().left("PROFILE", name -> name),
                        "");
        if (!window) {
            session.say("The demo serves until Ctrl+C. Look at it: dlo queues --dead-letters");
        }
        return true;
    }

    private void stop(Process process) {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException | InterruptedException e) {
            process.destroy();
        }
    }

    /// Set by the launcher of a checkout; in a package the folder stands beside the program's jars.
    private static Path lib() throws OperatorException {
        var set = System.getProperty("dlo.demo.lib");
        var lib = set == null ? ownLib().resolve("demo") : Path.of(set);
        if (!Files.isDirectory(lib)) {
            throw wrong("The demo is not part of this installation.", "Install the whole package.");
        }
        return lib;
    }

    private static Path ownLib() throws OperatorException {
        try {
            var jar =
                    Path.of(
                            DemoProcess.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            var folder = jar.getParent();
            return folder == null ? jar : folder;
        } catch (java.net.URISyntaxException e) {
            throw wrong("The program does not know where it lies.", "Install it again.", e);
        }
    }

    private static OperatorException wrong(String sentence, String remedy) {
        return wrong(sentence, remedy, null);
    }

    private static OperatorException wrong(
            String sentence, String remedy, @Nullable Throwable cause) {
        return new OperatorException(OperatorException.Kind.WRONG_USE, sentence, remedy, cause);
    }
}
