package org.deadletteroffice.demo.rabbit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/// A command line that says and does what Docker's does about one container, whose node runs on
/// this machine. It writes down what it is asked. Its trouble `deaf` is a container that outlives
/// the command that started it.
final class DockerStandIn {
    static final String ID = "4f1d5e0c9a3b";

    private static final String SCRIPT =
            """
            #!/bin/sh
            cd '%s' || exit 1
            echo "$*" | tr '\\n' ' ' >> asked; echo >> asked
            case $1 in
            version)
              [ ! -e hanging ] || exec sleep 600
              [ ! -e refusing ] || { echo 'Cannot connect to the Docker daemon' >&2; exit 1; } ;;
            image) [ -e image ] ;;
            pull)
              [ ! -e offline ] || { echo 'lookup of the registry: no such host' >&2; exit 1; }
              touch image ;;
            run)
              [ ! -e broken ] || { echo 'docker: port is already allocated.'; exit 125; }
              while [ "$1" != --label ]; do shift; done
              echo "label=$2" > label
              [ ! -e deaf ] || exec sleep 600
              echo $$ > running
              cat > /dev/null
              rm -f running label ;;
            ps) for word; do [ ! -e label ] || [ "$word" != "$(cat label)" ] || echo %s; done ;;
            port) echo "127.0.0.1:$(cat "${3%%/tcp}")" ;;
            rm)
              [ ! -e ending ] || { echo 'removal is already in progress' >&2; exit 1; }
              [ ! -e running ] || kill "$(cat running)"
              rm -f running label ;;
            esac
            """;

    private final Path folder;
    private final Path command;

    DockerStandIn(Path folder) throws IOException {
        this.folder = folder;
        command = Files.writeString(folder.resolve("docker"), SCRIPT.formatted(folder, ID));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    }

    /// @param what a trouble of the script's, or `image` for one that needs no fetching
    DockerStandIn with(String what) throws IOException {
        Files.createFile(folder.resolve(what));
        return this;
    }

    /// Its container's node.
    DockerStandIn publishing(int amqp, int management) throws IOException {
        Files.writeString(folder.resolve("5672"), Integer.toString(amqp));
        Files.writeString(folder.resolve("15672"), Integer.toString(management));
        return this;
    }

    /// A container is left from before.
    void holding(String label) throws IOException {
        Files.writeString(folder.resolve("label"), "label=" + label + '\n');
    }

    DockerEngine engine(Duration patience) {
        return new DockerEngine(command.toString(), patience);
    }

    /// What it was asked, oldest first.
    List<String> asked() throws IOException {
        var file = folder.resolve("asked");
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(String::strip).toList()
                : List.of();
    }

    boolean runs() {
        return Files.exists(folder.resolve("label"));
    }
}
