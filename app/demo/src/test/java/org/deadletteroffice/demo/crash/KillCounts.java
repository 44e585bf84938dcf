package org.deadletteroffice.demo.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/// What the kills of one guarantee came to; the build prints it.
final class KillCounts {
    private static final Path FILE = Path.of("target", "kills.txt");

    private final String what;
    private int kills;
    private long messages;
    private long lost;
    private long twice;
    private long mostTwice;

    KillCounts(String what) {
        this.what = what;
    }

    synchronized void add(long sent, long missing, long repeated) {
        kills++;
        messages += sent;
        lost += missing;
        twice += repeated;
        mostTwice = Math.max(mostTwice, repeated);
    }

    int kills() {
        return kills;
    }

    void write() throws IOException {
        Files.createDirectories(FILE.getParent());
        Files.writeString(
                FILE,
                String.format(
                        Locale.ROOT,
                        "%-40s kills %3d, messages %,8d, lost %d, sent twice %d (at most %d a kill)%n",
                        what,
                        kills,
                        messages,
                        lost,
                        twice,
                        mostTwice),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
