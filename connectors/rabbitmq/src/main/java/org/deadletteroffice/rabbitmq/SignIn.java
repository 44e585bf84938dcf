package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultSaslConfig;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.deadletteroffice.spi.profile.Secret;
import org.jspecify.annotations.Nullable;

/// How a profile tells the broker and its management API who it is. Thread-safe.
final class SignIn implements AutoCloseable {
    private final RabbitProfile profile;
    private final @Nullable RenewedToken token;

    SignIn(RabbitProfile profile) {
        this.profile = profile;
        token = profile.signIn().equals(RabbitProfile.CLIENT) ? new RenewedToken(profile) : null;
    }

    void into(ConnectionFactory factory) {
        if (token != null) {
            token.into(factory);
            return;
        }
        factory.setUsername(profile.username());
        factory.setPassword(profile.credential().reveal());
        if (profile.signIn().equals(RabbitProfile.CERTIFICATE)) {
            factory.setSaslConfig(DefaultSaslConfig.EXTERNAL);
        }
    }

    /// The header of a request to the management API. May ask the token endpoint, and blocks then.
    String authorization() {
        if (!profile.managesByToken()) {
            return basic(profile.managementUsername(), profile.managementPassword());
        }
        return "Bearer " + (token == null ? profile.credential().reveal() : token.valid());
    }

    /// RFC 7617.
    static String basic(String user, Secret password) {
        var both = user + ':' + password.reveal();
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        if (token != null) {
            token.close();
        }
    }
}
