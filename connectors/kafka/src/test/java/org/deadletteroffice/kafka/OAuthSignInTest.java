package org.deadletteroffice.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.deadletteroffice.fixtures.kafka.KafkaBroker;
import org.deadletteroffice.fixtures.kafka.KafkaBroker.Listener;
import org.deadletteroffice.fixtures.kafka.KafkaBroker.Options;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// OAUTHBEARER with client credentials: a token server hands out signed tokens, and the broker
/// checks them with the server's keys.
final class OAuthSignInTest {
    private static TokenServer tokens;
    private static KafkaBroker broker;

    @BeforeAll
    static void start() throws Exception {
        tokens = new TokenServer("dlo", "s3cret");
        broker =
                KafkaBroker.start(
                        Options.PLAIN
                                .listen(Listener.SASL_PLAINTEXT)
                                .set("sasl.enabled.mechanisms", "OAUTHBEARER")
                                .set("sasl.oauthbearer.jwks.endpoint.url", tokens.keysUrl())
                                .set("sasl.oauthbearer.expected.issuer", TokenServer.ISSUER)
                                .set("sasl.oauthbearer.expected.audience", TokenServer.AUDIENCE)
                                .set(
                                        "listener.name.sasl_plaintext.oauthbearer.sasl.jaas.config",
                                        Jaas.OAUTH + " required;")
                                .set(
                                        "listener.name.sasl_plaintext.oauthbearer"
                                                + ".sasl.server.callback.handler.class",
                                        "org.apache.kafka.common.security.oauthbearer"
                                                + ".OAuthBearerValidatorCallbackHandler")
                                .systemProperty(
                                        "org.apache.kafka.sasl.oauthbearer.allowed.urls",
                                        tokens.keysUrl()));
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic("orders-dlt", 1, (short) 1))).all().get();
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
        tokens.close();
    }

    private static Settings withSecret(String secret) {
        return Settings.of(
                        Map.of(
                                "bootstrap",
                                broker.bootstrap(Listener.SASL_PLAINTEXT),
                                "security",
                                "SASL_PLAINTEXT",
                                "mechanism",
                                "OAUTHBEARER",
                                "tokenUrl",
                                tokens.tokenUrl(),
                                "clientId",
                                "dlo",
                                "scope",
                                "kafka",
                                "timeout",
                                "10s"))
                .withSecret("clientSecret", new Secret(secret));
    }

    private static List<QueueInfo> queues(Settings settings) throws Exception {
        try (var connection = new KafkaConnector().open("test", settings)) {
            return connection.queues();
        }
    }

    @Test
    void a_token_is_fetched_with_the_client_s_credentials_and_the_broker_takes_it()
            throws Exception {
        assertThat(queues(withSecret("s3cret")))
                .extracting(QueueInfo::ref)
                .containsExactly(Records.topic("test", "orders-dlt"));
        assertThat(tokens.requests()).contains("grant_type=client_credentials&scope=kafka");
    }

    @Test
    void a_token_for_somebody_else_s_broker_is_refused() {
        tokens.audience("another");
        // Kafka's client shares a token among connections that ask alike, one just closed included.
        var apart = withSecret("s3cret").with("scope", "elsewhere");
        try {
            assertThatThrownBy(() -> queues(apart))
                    .isInstanceOf(BrokerException.NotAuthenticated.class);
        } finally {
            tokens.audience(TokenServer.AUDIENCE);
        }
    }

    @Test
    void a_wrong_client_secret_is_named() {
        assertThatThrownBy(() -> queues(withSecret("guess")))
                .isInstanceOfSatisfying(
                        BrokerException.class,
                        failed ->
                                assertThat(failed.remedy())
                                        .isEqualTo(new Remedy.Edit("clientSecret")));
    }
}
