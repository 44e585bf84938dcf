package org.deadletteroffice.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.deadletteroffice.spi.profile.Field;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KafkaProfileTest {
    private static final String NASTY = "pa\\ss \"word\"; = #ü";

    private static Settings base() {
        return Settings.of(Map.of("bootstrap", "one:9092,two:9093"));
    }

    private static Settings sasl(String mechanism) {
        return base().with("security", "SASL_SSL").with("mechanism", mechanism);
    }

    /// Profiles that together use every field with a value that is no preset.
    private static List<Settings> odd() {
        return List.of(
                sasl("SCRAM-SHA-256")
                        .with("username", "al\"ice")
                        .withSecret("password", new Secret(NASTY)),
                sasl("SCRAM-SHA-512")
                        .with("username", "bob")
                        .withSecret("password", new Secret("x")),
                sasl("PLAIN").with("username", "carol").withSecret("password", new Secret("y")),
                sasl("OAUTHBEARER")
                        .with("tokenUrl", "https://login.example.org/token")
                        .with("clientId", "dlo")
                        .withSecret("clientSecret", new Secret(NASTY))
                        .with("scope", "kafka.read"),
                sasl("GSSAPI")
                        .with("kerberosService", "broker")
                        .with("principal", "alice@EXAMPLE.ORG")
                        .with("keytab", "/etc/alice.keytab"),
                sasl("AWS_MSK_IAM")
                        .with("awsProfile", "ops")
                        .with("awsRole", "arn:aws:iam::123456789012:role/operator")
                        .with("awsRegion", "eu-central-1"),
                base().with("security", "SSL")
                        .with("trust", "PKCS12")
                        .with("trustFile", "/etc/trust.p12")
                        .withSecret("trustPassword", new Secret("t"))
                        .with("identity", "JKS")
                        .with("identityFile", "/etc/me.jks")
                        .withSecret("identityPassword", new Secret("i"))
                        .withSecret("keyPassword", new Secret("k"))
                        .with("verifyHost", "false"),
                base().with("timeout", "7000ms")
                        .with("isolation", "read_uncommitted")
                        .with("properties", "client.rack=west\nreceive.buffer.bytes=1234")
                        .withSecret("secretProperties", new Secret("ssl.keystore.key=one\\ntwo")));
    }

    @Test
    void every_field_comes_back_from_the_client_properties_it_became() {
        var seen = new HashSet<String>();
        for (var settings : odd()) {
            var profile = new KafkaProfile(settings);
            var text = text(profile);
            assertThat(PastedText.read(text)).contains(settings);
            seen.addAll(settings.values().keySet());
            seen.addAll(settings.secrets().keySet());
        }
        // A separate key is read from its file, so that its path does not come back.
        seen.add("identityKeyFile");
        assertThat(seen).isEqualTo(KafkaProfile.SCHEMA.names());
    }

    /// As a client.properties file, with the timeout as the connection passes it on.
    private static String text(KafkaProfile profile) {
        var properties = new Properties();
        profile.clientProperties().forEach((name, value) -> properties.put(name, value));
        properties.remove("client.id");
        if (!profile.timeout().equals(Duration.ofSeconds(10))) {
            properties.put("default.api.timeout.ms", Long.toString(profile.timeout().toMillis()));
        }
        // Presets that the profile writes down all the same.
        properties.remove("isolation.level", "read_committed");
        properties.remove("security.protocol", "PLAINTEXT");
        var text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return text.toString();
    }

    @Test
    void a_key_apart_from_its_certificate_is_sent_along(@TempDir Path folder) throws Exception {
        var chain = Files.writeString(folder.resolve("chain.pem"), "CHAIN");
        var key = Files.writeString(folder.resolve("key.pem"), "KEY");
        var settings =
                base().with("security", "SSL")
                        .with("identity", "PEM")
                        .with("identityFile", chain.toString())
                        .with("identityKeyFile", key.toString());
        assertThat(new KafkaProfile(settings).clientProperties())
                .containsEntry("ssl.keystore.certificate.chain", "CHAIN")
                .containsEntry("ssl.keystore.key", "KEY")
                .doesNotContainKey("ssl.keystore.location");
    }

    @Test
    void a_profile_cannot_override_what_keeps_looking_harmless() {
        var settings =
                base().with(
                                "properties",
                                "group.id=mine\nenable.auto.commit=true\nacks=0\nclient.rack=a");
        assertThat(new KafkaProfile(settings).clientProperties())
                .containsEntry("client.rack", "a")
                .doesNotContainKeys("group.id", "enable.auto.commit", "acks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.sun.security.auth.module.JndiLoginModule required p=\"hidden\";",
                "evil.Module required p=\"hidden\";",
                "hidden nonsense"
            })
    void only_known_login_modules_are_let_through(String jaas) {
        var settings = sasl("PLAIN").with("properties", "sasl.jaas.config=" + jaas);
        assertThatThrownBy(() -> new KafkaConnector().open("test", settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sasl.jaas.config")
                .hasMessageNotContaining("hidden");
        assertThat(PastedText.read("bootstrap.servers=a:1\nsasl.jaas.config=" + jaas)).isEmpty();
    }

    @Test
    void a_pasted_list_of_brokers_is_understood() {
        assertThat(PastedText.read(" a.example:9092 , b:9093\n"))
                .hasValueSatisfying(
                        s -> assertThat(s.get("bootstrap")).contains("a.example:9092 , b:9093"));
        assertThat(
                        PastedText.read("SASL_SSL://pkc-1.eu.confluent.cloud:9092")
                                .orElseThrow()
                                .values())
                .isEqualTo(
                        Map.of(
                                "bootstrap",
                                "pkc-1.eu.confluent.cloud:9092",
                                "security",
                                "SASL_SSL"));
    }

    @Test
    void the_properties_of_librdkafka_are_understood() {
        var pasted =
                PastedText.read(
                                """
                                # Required connection configs
                                bootstrap.servers=pkc-1.eu.confluent.cloud:9092
                                security.protocol=SASL_SSL
                                sasl.mechanisms=PLAIN
                                sasl.username=KEY
                                sasl.password=SECRET
                                ssl.ca.location=/etc/ca.pem
                                """)
                        .orElseThrow();
        assertThat(pasted.values())
                .containsEntry("mechanism", "PLAIN")
                .containsEntry("username", "KEY")
                .containsEntry("trust", "PEM")
                .containsEntry("trustFile", "/etc/ca.pem");
        assertThat(pasted.secret("password")).contains(new Secret("SECRET"));
        assertThat(KafkaProfile.SCHEMA.validate(pasted)).isEmpty();
    }

    @Test
    void secrets_that_no_field_has_are_kept_apart() {
        var pasted =
                PastedText.read(
                                "bootstrap.servers=a:1\nssl.keystore.key=SECRET\nclient.rack=r\n"
                                        + "group.id=g\nkey.deserializer=x")
                        .orElseThrow();
        assertThat(pasted.values())
                .isEqualTo(Map.of("bootstrap", "a:1", "properties", "client.rack=r"));
        assertThat(pasted.secrets().keySet()).isEqualTo(Set.of("secretProperties"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hello world", "amqp://host/vhost", "{\"json\": 1}", "a=b", "\\u12"})
    void what_is_none_of_these_is_not_understood(String text) {
        assertThat(PastedText.read(text)).isEmpty();
    }

    @Test
    void every_secret_field_is_hidden_in_text() {
        for (var settings : odd()) {
            assertThat(settings.toString()).doesNotContain(NASTY);
            for (var field : KafkaProfile.SCHEMA.fields()) {
                if (field.type() == Field.Type.SECRET) {
                    assertThat(settings.values()).doesNotContainKey(field.name());
                }
            }
        }
    }
}
