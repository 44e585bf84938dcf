package org.deadletteroffice.sqs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.jspecify.annotations.Nullable;

/// The authorities in the profile's own file, as PEM.
final class TrustFile {
    private final Path file;
    private final Collection<? extends Certificate> authorities;

    private TrustFile(Path file, Collection<? extends Certificate> authorities) {
        this.file = file;
        this.authorities = authorities;
    }

    static TrustFile read(Path file) throws BrokerException {
        try {
            var pem = new ByteArrayInputStream(Files.readAllBytes(file));
            return new TrustFile(
                    file, CertificateFactory.getInstance("X.509").generateCertificates(pem));
        } catch (IOException | GeneralSecurityException unreadable) {
            throw unusable(file, unreadable);
        }
    }

    /// They, and nobody else.
    TrustManager[] alone() throws BrokerException {
        try {
            return trusting(authorities);
        } catch (IOException | GeneralSecurityException unusable) {
            throw unusable(file, unusable);
        }
    }

    /// They, and whom this machine trusts.
    SSLContext besideTheSystem() throws BrokerException {
        try {
            List<Certificate> all = new ArrayList<>(authorities);
            for (var system : managers(null)) {
                if (system instanceof X509TrustManager known) {
                    all.addAll(List.of(known.getAcceptedIssuers()));
                }
            }
            var context = SSLContext.getInstance("TLS");
            context.init(null, trusting(all), null);
            return context;
        } catch (IOException | GeneralSecurityException unusable) {
            throw unusable(file, unusable);
        }
    }

    private static TrustManager[] trusting(Collection<? extends Certificate> authorities)
            throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        var number = 0;
        for (var authority : authorities) {
            store.setCertificateEntry("ca-" + number++, authority);
        }
        return managers(store);
    }

    /// @param store null: the system's
    private static TrustManager[] managers(@Nullable KeyStore store)
            throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static BrokerException unusable(Path file, Exception cause) {
        return new BrokerException.Unreachable(
                "The certificates in " + file + " cannot be read.",
                new Remedy.Edit("caFile"),
                cause);
    }
}
