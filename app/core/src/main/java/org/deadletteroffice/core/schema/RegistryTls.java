package org.deadletteroffice.core.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Whom a registry's client trusts, and as whom it presents itself.
final class RegistryTls {
    static SSLContext context(RegistrySettings settings)
            throws IOException, GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(identity(settings), trust(settings), null);
        return context;
    }

    private static TrustManager @Nullable [] trust(RegistrySettings settings)
            throws IOException, GeneralSecurityException {
        var file = settings.trust();
        if (file.isEmpty()) {
            return null;
        }
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var in = Files.newInputStream(file.get())) {
            int n = 0;
            for (var certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("trusted-" + n++, certificate);
            }
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] identity(RegistrySettings settings)
            throws IOException, GeneralSecurityException {
        var file = settings.identity();
        if (file.isEmpty()) {
            return null;
        }
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file.get())) {
            store.load(in, settings.identityPassword());
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, settings.identityPassword());
        return factory.getKeyManagers();
    }

    private RegistryTls() {}
}
