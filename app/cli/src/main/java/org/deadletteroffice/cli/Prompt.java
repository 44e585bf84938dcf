package org.deadletteroffice.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.deadletteroffice.core.OperatorException;

/// Questions to whoever sits at the terminal, on standard error.
public final class Prompt {
    private Prompt() {}

    /// True when the answer begins with y.
    public static boolean confirm(Host host, String question) {
        host.err().print(question + " [y/N] ");
        host.err().flush();
        var answer = line(host);
        return answer.strip().toLowerCase(java.util.Locale.ROOT).startsWith("y");
    }

    /// Asked for without an echo on a terminal; else one line of standard input.
    @SuppressWarnings("SystemConsoleNull") // it is null where there is no terminal, since 25 again
    public static String secret(Host host, String what) throws OperatorException {
        var console = System.console();
        if (host.inIsTerminal() && console != null) {
            var typed = console.readPassword("%s: ", what);
            return typed == null ? "" : new String(typed);
        }
        var line = line(host);
        if (line.isEmpty()) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    "No secret came in for " + what + ".",
                    "Type it at the terminal, pipe it in as a line, or use --secret-env.");
        }
        return line;
    }

    /// One line, read byte by byte so that a second question finds the next.
    private static String line(Host host) {
        var bytes = new java.io.ByteArrayOutputStream();
        try {
            for (int b = host.in().read(); b >= 0 && b != '\n'; b = host.in().read()) {
                if (b != '\r') {
                    bytes.write(b);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
