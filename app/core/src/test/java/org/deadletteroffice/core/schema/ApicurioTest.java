package org.deadletteroffice.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.deadletteroffice.core.decode.Decoders;
import org.deadletteroffice.core.decode.PrettyPrinter;
import org.deadletteroffice.core.schema.SchemaText.Kind;
import org.deadletteroffice.core.schema.Schemas.Answer;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real Apicurio registry, asked by both of its APIs. `make soak` fetches it: 158 MB are too many
/// for every build.
@Tag("soak")
class ApicurioTest {
    private static final Path ARCHIVE = Path.of("target", "apicurio");
    private static final String AVRO =
            "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"country\",\"type\":\"string\"}]}";

    @TempDir private static Path folder;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static Process registry;
    private static String url;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        try (var archives = Files.list(ARCHIVE)) {
            var archive = archives.filter(it -> it.toString().endsWith(".tar.gz")).findFirst();
            run("tar", "xzf", archive.orElseThrow().toString(), "-C", folder.toString());
        }
        int port = freePort();
        url = "http://127.0.0.1:" + port;
        registry =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-Dquarkus.http.host=127.0.0.1",
                                "-Dquarkus.http.port=" + port,
                                "-Dquarkus.management.port=" + freePort(),
                                "-jar",
                                folder.resolve("quarkus-run.jar").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("registry.log").toFile())
                        .start();
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> get("/apis/registry/v3/system/info") == 200);
        register("orders-value", "AVRO", AVRO, "");
        register(
                "money.proto",
                "PROTOBUF",
                "syntax = \"proto3\"; message Money { int64 cents = 1; }",
                "");
        register(
                "refund",
                "PROTOBUF",
                "syntax = \"proto3\"; import \"money.proto\"; message Refund { Money amount = 1; }",
                ",\"references\":[{\"name\":\"money.proto\",\"subject\":\"money.proto\",\"version\":1}]");
        register(
                "json",
                "JSON",
                "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"a\"]}",
                "");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        registry.destroy();
        if (!registry.waitFor(20, TimeUnit.SECONDS)) {
            registry.destroyForcibly();
        }
    }

    @Test
    void both_apis_give_every_kind_of_schema() {
        for (var schemas : new Schemas[] {compatible(), own()}) {
            assertThat(found(schemas, 1).kind()).isEqualTo(Kind.AVRO);
            assertThat(found(schemas, 2).kind()).isEqualTo(Kind.PROTOBUF);
            assertThat(found(schemas, 3).references()).containsOnlyKeys("money.proto");
            assertThat(found(schemas, 4).kind()).isEqualTo(Kind.JSON);
            assertThat(schemas.find(new SchemaRef.Id(99))).isInstanceOf(Answer.Missing.class);
        }
    }

    @Test
    void messages_are_read_and_written_by_its_schemas() throws EditException {
        for (var schemas : new Schemas[] {compatible(), own()}) {
            var decoders = Decoders.standard().with(schemas);
            var avro = framed(1, new byte[] {4, 'X', 'X'});
            var decoder = decoders.named("registry").orElseThrow();
            var text = decoder.editText(avro, Headers.NONE, Limits.STANDARD).orElseThrow();

            assertThat(decoder.encode(text.replace("XX", "DE"), avro, Headers.NONE))
                    .isEqualTo(framed(1, new byte[] {4, 'D', 'E'}));
            assertThat(
                            show(
                                    decoders.decode(
                                                    framed(3, new byte[] {0, 10, 2, 8, 5}),
                                                    Headers.NONE,
                                                    null)
                                            .decoded()))
                    .contains("\"cents\": 5");
            assertThat(
                            decoders.decode(
                                            framed(
                                                    4,
                                                    "{\"b\":1}"
                                                            .getBytes(
                                                                    java.nio.charset
                                                                            .StandardCharsets
                                                                            .UTF_8)),
                                            Headers.NONE,
                                            null)
                                    .decoded()
                                    .issues())
                    .anyMatch(issue -> issue.sentence().contains("$.a is missing"));
        }
    }

    private static String show(Decoded decoded) {
        return PrettyPrinter.text(decoded);
    }

    private static Schemas compatible() {
        return Schemas.of(
                Settings.of(
                        Map.of("registry", "CONFLUENT", "registryUrl", url + "/apis/ccompat/v7")));
    }

    private static Schemas own() {
        return Schemas.of(
                Settings.of(
                        Map.of("registry", "APICURIO", "registryUrl", url + "/apis/registry/v3")));
    }

    private static SchemaText found(Schemas schemas, int id) {
        return ((Answer.Found) schemas.find(new SchemaRef.Id(id))).schema();
    }

    private static byte[] framed(int id, byte[] content) {
        return ByteBuffer.allocate(5 + content.length)
                .put((byte) 0)
                .putInt(id)
                .put(content)
                .array();
    }

    private static void register(String subject, String type, String schema, String more)
            throws IOException, InterruptedException {
        var body =
                "{\"schemaType\":\"%s\",\"schema\":\"%s\"%s}"
                        .formatted(type, schema.replace("\\", "\\\\").replace("\"", "\\\""), more);
        var response =
                HTTP.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                url
                                                        + "/apis/ccompat/v7/subjects/"
                                                        + subject
                                                        + "/versions"))
                                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private static int get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create(url + path)).build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
