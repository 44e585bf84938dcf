package org.deadletteroffice.kafka;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.deadletteroffice.fixtures.TokenEndpoint;

/// An OAuth 2 token server on a loopback port: gives one client tokens signed with RS256 (RFC 6749,
/// section 4.4; RFC 7519), and publishes its key (RFC 7517).
final class TokenServer implements AutoCloseable {
    static final String AUDIENCE = "kafka";
    static final String ISSUER = "https://sign-in.test";

    private final HttpServer server;
    private final KeyPair keys;
    private final TokenEndpoint endpoint;
    private volatile String audience = AUDIENCE;

    TokenServer(String client, String secret) throws IOException, GeneralSecurityException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        keys = generator.generateKeyPair();
        endpoint = new TokenEndpoint(client, secret, Duration.ofHours(1), this::token);
        server.createContext("/keys", this::keys);
        server.start();
    }

    String tokenUrl() {
        return endpoint.url();
    }

    String keysUrl() {
        return "http://localhost:" + server.getAddress().getPort() + "/keys";
    }

    /// For whom the tokens are from now on.
    void audience(String value) {
        audience = value;
    }

    /// The bodies of the requests for a token so far.
    List<String> requests() {
        return endpoint.requests();
    }

    private String token(Instant expires) {
        var signed =
                base64("{\"alg\":\"RS256\",\"kid\":\"1\"}")
                        + '.'
                        + base64(
                                """
                                {"iss":"%s","sub":"dlo","aud":"%s","scope":"kafka","iat":%d,"exp":%d}"""
                                        .formatted(
                                                ISSUER,
                                                audience,
                                                Instant.now().getEpochSecond(),
                                                expires.getEpochSecond()));
        return signed + '.' + signature(signed);
    }

    private void keys(HttpExchange exchange) throws IOException {
        var key = (RSAPublicKey) keys.getPublic();
        var json =
                """
                {"keys":[{"kty":"RSA","kid":"1","use":"sig","alg":"RS256","n":"%s","e":"%s"}]}"""
                        .formatted(base64(key.getModulus()), base64(key.getPublicExponent()));
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes(json).length);
            exchange.getResponseBody().write(bytes(json));
        }
    }

    private String signature(String text) {
        try {
            var signer = Signature.getInstance("SHA256withRSA");
            signer.initSign(keys.getPrivate());
            signer.update(bytes(text));
            return base64(signer.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return base64(bytes(text));
    }

    /// Big-endian without a sign, as RFC 7518 writes numbers.
    private static String base64(BigInteger number) {
        var all = number.toByteArray();
        int sign = all[0] == 0 && all.length > 1 ? 1 : 0;
        return base64(Arrays.copyOfRange(all, sign, all.length));
    }

    private static String base64(byte[] some) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(some);
    }

    @Override
    public void close() {
        endpoint.close();
        server.stop(0);
    }
}
