package org.deadletteroffice.demo.style;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A Kafka Connect worker with one sink, in a JVM of its own.
final class ConnectWorker implements AutoCloseable {
    static final String CONNECTOR = "catalog-search-sink";
    static final String DEAD_LETTERS = "connect-sink-dlq";

    /// First on the class path: the worker does not run with newer clients.
    private static final Path CLIENTS = Path.of("target", "connect-clients", "kafka-clients.jar");

    private final Process process;

    private ConnectWorker(Process process) {
        this.process = process;
    }

    static ConnectWorker start(Path folder, String bootstrap, String topic) throws IOException {
        var worker =
                Files.write(
                        folder.resolve("worker.properties"),
                        List.of(
                                "bootstrap.servers=" + bootstrap,
                                "listeners=HTTP://127.0.0.1:0",
                                "key.converter=org.apache.kafka.connect.storage.StringConverter",
                                "value.converter=org.apache.kafka.connect.json.JsonConverter",
                                "value.converter.schemas.enable=false",
                                "offset.storage.file.filename=" + folder.resolve("offsets"),
                                "plugin.discovery=service_load",
                                "consumer.auto.offset.reset=earliest"));
        var sink =
                Files.write(
                        folder.resolve("sink.properties"),
                        List.of(
                                "name=" + CONNECTOR,
                                "connector.class=" + SearchSink.class.getName(),
                                "tasks.max=1",
                                "topics=" + topic,
                                "transforms=price",
                                "transforms.price.type="
                                        + "org.apache.kafka.connect.transforms.Cast$Value",
                                "transforms.price.spec=price:float64",
                                "errors.tolerance=all",
                                "errors.deadletterqueue.topic.name=" + DEAD_LETTERS,
                                "errors.deadletterqueue.topic.replication.factor=1",
                                "errors.deadletterqueue.context.headers.enable=true"));
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-Dlogback.configurationFile="
                                        + Path.of("target", "test-classes", "logback-test.xml")
                                                .toAbsolutePath(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                CLIENTS.toAbsolutePath()
                                        + File.pathSeparator
                                        + System.getProperty("java.class.path"),
                                "org.apache.kafka.connect.cli.ConnectStandalone",
                                worker.toString(),
                                sink.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(Path.of("target", "connect-worker.log").toFile())
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new ConnectWorker(process);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
