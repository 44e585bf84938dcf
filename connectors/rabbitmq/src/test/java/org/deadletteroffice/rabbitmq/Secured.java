package org.deadletteroffice.rabbitmq;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.deadletteroffice.fixtures.Certificates;

/// What a node needs to take connections over TLS, certificates for passwords, and signed tokens
/// for either.
final class Secured {
    static final List<String> PLUGINS =
            List.of("rabbitmq_auth_mechanism_ssl", "rabbitmq_auth_backend_oauth2");
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    final Certificates certificates;
    private final Path folder;
    private final int port;
    private final int managementPort;
    private final KeyPair keys;

    /// @param folder where certificates and keys go
    Secured(Path folder) {
        this.folder = folder;
        this.certificates = new Certificates(folder);
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = free.getLocalPort();
            this.managementPort = other.getLocalPort();
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            this.keys = generator.generateKeyPair();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Where the node takes TLS; it demands no certificate, and trusts that of `operator`, by its
    /// authority.
    int port() {
        return port;
    }

    /// Where the management API answers by TLS.
    int managementPort() {
        return managementPort;
    }

    /// Lines of `rabbitmq.conf`.
    List<String> settings() {
        try {
            certificates.identity("broker", "localhost");
            certificates.authority("authority");
            certificates.identity("operator", "localhost", "authority");
            certificates.identity("stranger", "localhost");
            var key = Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
            var signing =
                    Files.writeString(
                            folder.resolve("signing.pem"),
                            "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n");
            return List.of(
                    "listeners.ssl.1 = 127.0.0.1:" + port,
                    "ssl_options.certfile = " + certificates.certificatePem("broker"),
                    "ssl_options.keyfile = " + certificates.keyPem("broker"),
                    "ssl_options.cacertfile = " + certificates.certificatePem("authority"),
                    "management.ssl.ip = 127.0.0.1",
                    "management.ssl.port = " + managementPort,
                    "management.ssl.certfile = " + certificates.certificatePem("broker"),
                    "management.ssl.keyfile = " + certificates.keyPem("broker"),
                    "management.ssl.cacertfile = " + certificates.certificatePem("authority"),
                    "ssl_options.verify = verify_peer",
                    "ssl_options.fail_if_no_peer_cert = false",
                    "ssl_cert_login_from = common_name",
                    "auth_mechanisms.1 = PLAIN",
                    "auth_mechanisms.2 = EXTERNAL",
                    "auth_backends.1 = internal",
                    "auth_backends.2 = rabbit_auth_backend_oauth2",
                    "auth_oauth2.resource_server_id = rabbitmq",
                    "auth_oauth2.default_key = dlo",
                    "auth_oauth2.signing_keys.dlo = " + signing);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    /// A token as an authorization server issues it.
    ///
    /// @param scopes what it allows: `rabbitmq.read:vhost/name`, `rabbitmq.tag:management`
    String token(Instant expires, String... scopes) throws GeneralSecurityException {
        var head = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"dlo\"}";
        var claims =
                "{\"sub\":\"operator\",\"client_id\":\"operator\",\"aud\":[\"rabbitmq\"],\"exp\":%d,\"scope\":[\"%s\"]}"
                        .formatted(expires.getEpochSecond(), String.join("\",\"", scopes));
        var signed = encoded(head) + '.' + encoded(claims);
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + '.' + URL.encodeToString(signature.sign());
    }

    private static String encoded(String json) {
        return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
