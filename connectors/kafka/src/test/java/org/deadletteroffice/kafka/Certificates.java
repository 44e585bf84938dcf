package org.deadletteroffice.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/// Self-signed certificates of one test, and the files that people keep them in.
final class Certificates {
    static final String PASSWORD = "changeit";
    private final Path folder;

    Certificates(Path folder) {
        this.folder = folder;
    }

    /// A PKCS12 store with a new key.
    ///
    /// @param host what the certificate is for
    Path identity(String name, String host) throws IOException, InterruptedException {
        var store = folder.resolve(name + ".p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made =
                new ProcessBuilder(
                                keytool,
                                "-genkeypair",
                                "-alias",
                                name,
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + name,
                                "-validity",
                                "90",
                                "-ext",
                                "san=dns:" + host,
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(name + ".log").toFile())
                        .start()
                        .waitFor();
        if (made != 0) {
            throw new IOException(Files.readString(folder.resolve(name + ".log")));
        }
        return store;
    }

    private static KeyStore open(Path store) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    /// A store of another type with the certificate alone, to trust it.
    Path trust(String name, String type) throws IOException, GeneralSecurityException {
        var trust = KeyStore.getInstance(type);
        trust.load(null, null);
        trust.setCertificateEntry(name, open(folder.resolve(name + ".p12")).getCertificate(name));
        return write(trust, folder.resolve(name + "-trust." + type));
    }

    /// The identity as a Java key store.
    Path jks(String name) throws IOException, GeneralSecurityException {
        var from = open(folder.resolve(name + ".p12"));
        var to = KeyStore.getInstance("JKS");
        to.load(null, null);
        to.setKeyEntry(
                name,
                from.getKey(name, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                from.getCertificateChain(name));
        return write(to, folder.resolve(name + ".jks"));
    }

    private static Path write(KeyStore store, Path file)
            throws IOException, GeneralSecurityException {
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    Path certificatePem(String name) throws IOException, GeneralSecurityException {
        var certificate = open(folder.resolve(name + ".p12")).getCertificate(name);
        return Files.writeString(
                folder.resolve(name + ".crt"), pem("CERTIFICATE", certificate.getEncoded()));
    }

    Path keyPem(String name) throws IOException, GeneralSecurityException {
        var key = open(folder.resolve(name + ".p12")).getKey(name, PASSWORD.toCharArray());
        return Files.writeString(
                folder.resolve(name + ".key"), pem("PRIVATE KEY", key.getEncoded()));
    }

    private static String pem(String what, byte[] encoded) {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN "
                + what
                + "-----\n"
                + lines.encodeToString(encoded)
                + "\n-----END "
                + what
                + "-----\n";
    }
}
