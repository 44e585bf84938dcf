package org.deadletteroffice.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import org.deadletteroffice.core.schema.Schemas.Answer;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A registry that lets in whom it knows by certificate, and nobody else.
class RegistryTlsTest {
    private static final String PASSWORD = "changeit-1";

    @TempDir Path folder;
    private HttpsServer registry;

    @BeforeEach
    void start() throws Exception {
        makeKey("registry");
        makeKey("client");
        // The same rules read the registry's own files, with the roles turned round.
        var context = RegistryTls.context(new RegistrySettings(signedIn("registry", "client", "")));
        registry =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.setHttpsConfigurator(
                new HttpsConfigurator(context) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        var ssl = new SSLParameters();
                        ssl.setNeedClientAuth(true);
                        parameters.setSSLParameters(ssl);
                    }
                });
        registry.createContext(
                "/schemas/ids/1",
                exchange -> {
                    var body = "{\"schema\":\"x\"}".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        registry.start();
    }

    @AfterEach
    void stop() {
        registry.stop(0);
    }

    private String url() {
        return "https://127.0.0.1:" + registry.getAddress().getPort();
    }

    @Test
    void a_client_certificate_opens_it() {
        var answer = Schemas.of(signedIn("client", "registry", url())).find(new SchemaRef.Id(1));

        assertThat(answer).isInstanceOf(Answer.Found.class);
    }

    @Test
    void without_one_it_is_told_that_it_cannot_be_asked() {
        var nobody =
                new Settings(
                        Map.of(
                                "registry", "CONFLUENT",
                                "registryUrl", url(),
                                "registryTrust", folder.resolve("registry.pem").toString()),
                        Map.of());

        assertThat(missing(nobody)).contains("cannot be reached");
    }

    @Test
    void a_registry_that_is_not_trusted_is_not_asked() {
        assertThat(missing(signedIn("client", "client", url()))).contains("cannot be reached");
    }

    private static String missing(Settings settings) {
        var answer = Schemas.of(settings).find(new SchemaRef.Id(1));
        assertThat(answer).isInstanceOf(Answer.Unreachable.class);
        return ((Answer.Unreachable) answer).reason();
    }

    private Settings signedIn(String as, String trusting, String url) {
        return new Settings(
                Map.of(
                        "registry",
                        "CONFLUENT",
                        "registryUrl",
                        url,
                        "registryTrust",
                        folder.resolve(trusting + ".pem").toString(),
                        "registryIdentity",
                        folder.resolve(as + ".p12").toString()),
                Map.of("registryIdentityPassword", new Secret(PASSWORD)));
    }

    private void makeKey(String name) throws IOException, InterruptedException {
        keytool(
                name,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1");
        keytool(name, "-exportcert", "-rfc", "-file", folder.resolve(name + ".pem").toString());
    }

    private void keytool(String alias, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", alias, "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", folder.resolve(alias + ".p12").toString()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
