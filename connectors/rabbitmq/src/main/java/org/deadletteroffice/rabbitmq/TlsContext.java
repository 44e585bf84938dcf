package org.deadletteroffice.rabbitmq;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;

/// The certificates and keys of a profile as the JDK wants them.
final class TlsContext {
    private static final char[] NO_PASSWORD = {};
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
    private static final List<String> KEY_KINDS = List.of("RSA", "EC", "Ed25519");

    private TlsContext() {}

    /// Reads the files that the profile names.
    ///
    /// @throws BrokerException.NotAuthenticated when one cannot be read; names the field
    static SSLContext of(RabbitProfile profile) throws BrokerException {
        var field = "trustFile";
        try {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(
                    profile.value("trust").equals("SYSTEM")
                            ? null
                            : store(profile, profile.value("trust"), "trustFile", "trustPassword"));
            var identity = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            field = "identityFile";
            if (profile.value("identity").equals("NONE")) {
                identity.init(null, NO_PASSWORD);
            } else {
                var password = profile.secretOf("identityPassword");
                identity.init(
                        store(
                                profile,
                                profile.value("identity"),
                                "identityFile",
                                "identityPassword"),
                        password == null ? NO_PASSWORD : password);
            }
            var context = SSLContext.getInstance("TLS");
            context.init(identity.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unreadable) {
            throw new BrokerException.NotAuthenticated(
                    "The file of the field '" + field + "' cannot be used for TLS.",
                    new Remedy.Edit(field),
                    unreadable);
        }
    }

    private static KeyStore store(RabbitProfile profile, String type, String file, String password)
            throws IOException, GeneralSecurityException {
        var path = Path.of(profile.value(file));
        if (!type.equals("PEM")) {
            var store = KeyStore.getInstance(type);
            try (InputStream in = Files.newInputStream(path)) {
                store.load(in, profile.secretOf(password));
            }
            return store;
        }
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        var text = Files.readString(path);
        var certificates = certificates(text);
        if (file.equals("trustFile")) {
            for (var certificate : certificates) {
                store.setCertificateEntry("trusted " + store.size(), certificate);
            }
        } else {
            var keyFile = profile.value("identityKeyFile");
            store.setKeyEntry(
                    "identity",
                    key(keyFile.isEmpty() ? text : Files.readString(Path.of(keyFile))),
                    NO_PASSWORD,
                    certificates.toArray(Certificate[]::new));
        }
        return store;
    }

    private static List<Certificate> certificates(String pem) throws GeneralSecurityException {
        var start = pem.indexOf("-----BEGIN CERTIFICATE-----");
        if (start < 0) {
            throw new IllegalArgumentException("no certificate");
        }
        var only =
                pem.replaceAll(
                        "(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----",
                        "");
        return new ArrayList<>(
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(
                                new ByteArrayInputStream(
                                        only.strip().getBytes(StandardCharsets.UTF_8))));
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        var found = KEY.matcher(pem);
        if (!found.find()) {
            throw new IllegalArgumentException("no unencrypted PKCS#8 key");
        }
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
        for (var kind : KEY_KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(spec);
            } catch (GeneralSecurityException _) {
                // of another kind
            }
        }
        throw new IllegalArgumentException("a private key of an unknown kind");
    }
}
