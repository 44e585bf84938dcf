package org.deadletteroffice.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.core.OperatorException;

/// The user's own editor, on a file that only the user can read and that is gone afterwards.
final class Editor {
    private final Session session;

    Editor(Session session) {
        this.session = session;
    }

    String edit(String text) throws OperatorException, InterruptedException {
        var variables = session.host().variables();
        var command =
                variables.getOrDefault("VISUAL", variables.getOrDefault("EDITOR", "vi")).strip();
        try {
            var file = Files.createTempFile("dlo-", ".txt");
            try {
                Files.writeString(file, text);
                // the variable may hold arguments, and a shell knows how to split them
                var process =
                        new ProcessBuilder("/bin/sh", "-c", command + " \"$1\"", "dlo", "" + file)
                                .inheritIO()
                                .start();
                int exit = process.waitFor();
                if (exit != 0) {
                    throw new OperatorException(
                            OperatorException.Kind.REFUSED,
                            "The editor '" + command + "' ended with " + exit + ".",
                            "Nothing was sent. Set EDITOR to one that works.");
                }
                return Files.readString(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new OperatorException(
                    OperatorException.Kind.REFUSED,
                    "The editor '" + command + "' cannot be used.",
                    "Set EDITOR to one that works, or give --payload-file.",
                    e);
        }
    }
}
