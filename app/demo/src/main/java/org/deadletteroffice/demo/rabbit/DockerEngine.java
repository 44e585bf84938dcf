package org.deadletteroffice.demo.rabbit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A container engine by its command line: Docker's, or one that takes the same commands. Each
/// command has a deadline, so an engine that hangs holds nobody up. Closing it ends the commands
/// that still run, and the containers that it was to start.
final class DockerEngine implements AutoCloseable {
    private static final Duration PROMPT = Duration.ofSeconds(10);
    private static final int LONGEST_REASON = 300;

    private final String command;
    private final Duration patience;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    /// By the labels of the containers that were not removed yet, what started them.
    private final Map<String, Process> started = new ConcurrentHashMap<>();

    private volatile boolean closed;

    /// @param command what starts the command line, found by the system
    /// @param patience how long an engine may take to say that it is there
    DockerEngine(String command, Duration patience) {
        this.command = command;
        this.patience = patience;
    }

    /// An engine did not do what it was asked for; the message says why, in its own words.
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String reason) {
            super(reason);
        }
    }

    /// Whether there is one and it answers.
    boolean answers() {
        try {
            run(patience, List.of("version"));
            return true;
        } catch (Refused absent) {
            return false;
        }
    }

    boolean has(String image) {
        try {
            run(PROMPT, List.of("image", "inspect", "--format", "{{.Id}}", image));
            return true;
        } catch (Refused missing) {
            return false;
        }
    }

    void pull(String image, Duration deadline) throws Refused {
        run(deadline, List.of("pull", "--quiet", image));
    }

    /// Starts a container that is to end with this process; its output goes to the file.
    ///
    /// @param label which no other one has
    synchronized Process start(String label, List<String> arguments, Path output) throws Refused {
        if (closed) {
            throw new Refused("the demo ended");
        }
        var command = new ArrayList<>(List.of("run", "--label", label));
        command.addAll(arguments);
        var process = launch(command, output);
        started.put(label, process);
        return process;
    }

    /// The ids of containers, running or not, that have the label.
    List<String> labelled(String label) throws Refused {
        return labelled(label, () -> closed);
    }

    private List<String> labelled(String label, BooleanSupplier over) throws Refused {
        var query = List.of("ps", "--all", "--quiet", "--no-trunc", "--filter", "label=" + label);
        return run(PROMPT, query, over)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /// Where a container's port is published: the first such port of this machine.
    int published(String id, int port) throws Refused {
        var said = run(PROMPT, List.of("port", id, port + "/tcp"));
        var first = said.lines().findFirst().orElse("");
        try {
            return Integer.parseInt(first.substring(first.lastIndexOf(':') + 1).strip());
        } catch (NumberFormatException unexpected) {
            throw new Refused("port " + port + " is not published: " + said.strip());
        }
    }

    /// Ends the containers that have the label at once, with the data they hold.
    void remove(String label) throws Refused {
        remove(label, () -> closed);
    }

    private void remove(String label, BooleanSupplier over) throws Refused {
        for (var id : labelled(label, over)) {
            run(PROMPT, List.of("rm", "--force", "--volumes", id), over);
        }
        started.remove(label);
    }

    private String run(Duration deadline, List<String> arguments) throws Refused {
        return run(deadline, arguments, () -> closed);
    }

    /// @param over whether nobody waits for it any more
    /// @return what it said
    private String run(Duration deadline, List<String> arguments, BooleanSupplier over)
            throws Refused {
        Path output;
        try {
            output = Files.createTempFile("dlo-docker-", ".out");
        } catch (IOException full) {
            throw new Refused("no temporary file can be made: " + full.getMessage());
        }
        try {
            var process = launch(arguments, output);
            running.add(process);
            try {
                if (over.getAsBoolean()
                        || !process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new Refused(
                            "'docker "
                                    + arguments.getFirst()
                                    + "' took longer than "
                                    + deadline.toSeconds()
                                    + " s");
                }
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                running.remove(process);
            }
            if (process.exitValue() != 0) {
                throw new Refused(reason(output));
            }
            return Files.readString(output);
        } catch (IOException unreadable) {
            throw new Refused("its output cannot be read: " + unreadable.getMessage());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            throw new Refused("interrupted");
        } finally {
            delete(output);
        }
    }

    private Process launch(List<String> arguments, Path output) throws Refused {
        var all = new ArrayList<String>();
        all.add(command);
        all.addAll(arguments);
        try {
            return new ProcessBuilder(all)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException absent) {
            throw new Refused("there is no command '" + command + "'");
        }
    }

    /// The last thing it said, which is where engines say what went wrong.
    static String reason(Path output) {
        try {
            var lines =
                    new String(Files.readAllBytes(output), StandardCharsets.UTF_8)
                            .lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty() && !line.startsWith("See '"))
                            .toList();
            var last = lines.isEmpty() ? "it said nothing" : lines.getLast();
            return last.length() <= LONGEST_REASON ? last : last.substring(0, LONGEST_REASON) + '…';
        } catch (IOException unreadable) {
            return "what it said cannot be read";
        }
    }

    private static void delete(Path output) {
        try {
            Files.deleteIfExists(output);
        } catch (IOException stays) {
            System.getLogger(DockerEngine.class.getName())
                    .log(System.Logger.Level.DEBUG, "{0} stays", output);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        running.forEach(Process::destroy);
        started.forEach(this::end);
    }

    /// The command goes first, as it may be about to make the container; that one does not end with
    /// it while its first process takes no signals.
    private void end(String label, Process starting) {
        starting.destroyForcibly();
        try {
            var _ = starting.waitFor(PROMPT.toMillis(), TimeUnit.MILLISECONDS);
            remove(label, () -> false);
        } catch (Refused stays) {
            System.getLogger(DockerEngine.class.getName())
                    .log(System.Logger.Level.DEBUG, "{0}: {1}", label, stays.getMessage());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
