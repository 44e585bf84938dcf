package org.deadletteroffice.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.spi.connector.Connector;

/// What a run of `dlo` stands in: streams, terminal or not, environment variables.
///
/// @param connectors besides those on the class path (tests hand in the memory broker)
public record Host(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean inIsTerminal,
        boolean outIsTerminal,
        boolean errIsTerminal,
        Map<String, String> variables,
        List<Connector> connectors,
        Interruption interruption) {

    /// This process. Text goes out as UTF-8 whatever the locale, since JSON is UTF-8.
    static Host process() {
        return new Host(
                new FileInputStream(FileDescriptor.in),
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                isTerminal(0),
                isTerminal(1),
                isTerminal(2),
                System.getenv(),
                List.of(),
                new Interruption(Thread.currentThread()));
    }

    /// Someone sits there who can be asked.
    public boolean isInteractive() {
        return inIsTerminal && errIsTerminal;
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    /// Java tells only whether input and output both are terminals; Linux tells each.
    @SuppressWarnings("SystemConsoleNull") // it is null where there is no terminal, since 25 again
    private static boolean isTerminal(int descriptor) {
        var link = Path.of("/proc/self/fd/" + descriptor);
        if (Files.isSymbolicLink(link)) {
            try {
                var target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
            } catch (IOException unreadable) {
                return false;
            }
        }
        var console = System.console();
        return console != null && console.isTerminal();
    }
}
