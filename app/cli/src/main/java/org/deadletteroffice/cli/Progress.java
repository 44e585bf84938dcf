package org.deadletteroffice.cli;

import java.io.PrintStream;
import java.time.Duration;

/// How far something is, on standard error: one line that is written over on a terminal, a line
/// every few seconds elsewhere.
public final class Progress implements AutoCloseable {
    private static final Duration ON_TERMINAL = Duration.ofMillis(100);
    private static final Duration BETWEEN_NOTES = Duration.ofSeconds(1);
    private static final Duration ELSEWHERE = Duration.ofSeconds(5);

    private final PrintStream err;
    private final boolean terminal;
    private long last = System.nanoTime();
    private boolean shown;
    private String noted = "";
    private long lastNote = System.nanoTime() - BETWEEN_NOTES.toNanos();

    Progress(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /// Shown unless the last one was shown just now.
    public synchronized void update(String line) {
        long now = System.nanoTime();
        if (now - last < (terminal ? ON_TERMINAL : ELSEWHERE).toNanos()) {
            return;
        }
        last = now;
        if (terminal) {
            // back to the first column; clear to the end of the line
            err.print("\r" + Table.plain(line) + "\u001b[K");
            shown = true;
        } else {
            err.println(Table.plain(line));
        }
        err.flush();
    }

    /// What it waits for, on a line of its own, which stays; nothing for a blank one, for the one
    /// that stands there already, and soon after another.
    public synchronized void note(String line) {
        long now = System.nanoTime();
        if (line.isBlank() || line.equals(noted) || now - lastNote < BETWEEN_NOTES.toNanos()) {
            return;
        }
        close();
        noted = line;
        lastNote = now;
        err.println(Table.plain(line));
        err.flush();
    }

    /// Leaves an empty line for what comes next.
    @Override
    public synchronized void close() {
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
            shown = false;
        }
    }
}
