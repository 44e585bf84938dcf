package org.deadletteroffice.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.deadletteroffice.fixtures.Certificates;
import org.deadletteroffice.fixtures.kafka.KafkaBroker;
import org.deadletteroffice.fixtures.kafka.KafkaBroker.Listener;
import org.deadletteroffice.fixtures.kafka.KafkaBroker.Options;
import org.deadletteroffice.fixtures.kafka.KafkaBroker.Tls;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.profile.Check.State;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Signing in by every way that a broker here can offer, and what is said when it fails.
final class KafkaSecurityTest {
    private static final Secret STORE = new Secret(Certificates.PASSWORD);
    private static final Secret WONDER = new Secret("won\"der\\land");
    @TempDir private static Path folder;
    private static Certificates certificates;
    private static KafkaBroker broker;

    @BeforeAll
    static void start() throws Exception {
        certificates = new Certificates(folder);
        var server = certificates.identity("broker", "localhost");
        certificates.identity("operator", "localhost");
        certificates.identity("stranger", "localhost");
        broker =
                KafkaBroker.start(
                        Options.PLAIN
                                .listen(Listener.SSL, Listener.SASL_SSL, Listener.SASL_PLAINTEXT)
                                .user("alice", "wonderland")
                                .tls(
                                        new Tls(
                                                server,
                                                certificates.trust("operator", "PKCS12"),
                                                Certificates.PASSWORD))
                                .set("super.users", "User:ANONYMOUS;User:CN=operator")
                                .withAcls());
        try (var admin = admin()) {
            admin.createTopics(
                            List.of(
                                    new NewTopic("orders", 1, (short) 1),
                                    new NewTopic("orders-dlt", 1, (short) 1)))
                    .all()
                    .get();
            var acls = new ArrayList<AclBinding>();
            for (var operation :
                    List.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE)) {
                acls.add(
                        new AclBinding(
                                new ResourcePattern(ResourceType.TOPIC, "*", PatternType.LITERAL),
                                new AccessControlEntry(
                                        "User:alice", "*", operation, AclPermissionType.ALLOW)));
            }
            admin.createAcls(acls).all().get();
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
    }

    private static Settings over(Listener listener) {
        return Settings.of(
                Map.of(
                        "bootstrap",
                        broker.bootstrap(listener),
                        "security",
                        listener.name(),
                        "timeout",
                        "10s"));
    }

    private static Settings trusting(Settings settings) throws Exception {
        return settings.with("trust", "PEM")
                .with("trustFile", certificates.certificatePem("broker").toString());
    }

    private static void assertConnects(Settings settings) throws Exception {
        try (var connection = new KafkaConnector().open("test", settings)) {
            assertThat(connection.queues()).hasSize(2);
        }
    }

    private static List<Check> checks(Settings settings) throws Exception {
        var last = new LinkedHashMap<String, Check>();
        try (var connection = new KafkaConnector().open("test", settings)) {
            connection.checks(check -> last.put(check.name(), check));
        }
        return List.copyOf(last.values());
    }

    private static Check named(List<Check> steps, String name) {
        return steps.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no step " + name));
    }

    private static void assertFails(
            Settings settings, Class<? extends BrokerException> type, String field) {
        assertThatThrownBy(() -> assertConnects(settings))
                .isInstanceOfSatisfying(
                        type,
                        failed -> assertThat(failed.remedy()).isEqualTo(new Remedy.Edit(field)));
    }

    private static Settings identity(String type) throws Exception {
        var settings = trusting(over(Listener.SSL)).with("identity", type);
        return switch (type) {
            case "PKCS12" ->
                    settings.with("identityFile", folder.resolve("operator.p12").toString())
                            .withSecret("identityPassword", STORE);
            case "JKS" ->
                    settings.with("identityFile", certificates.jks("operator").toString())
                            .withSecret("identityPassword", STORE);
            default -> {
                var both = folder.resolve("both.pem");
                Files.writeString(
                        both,
                        Files.readString(certificates.keyPem("operator"))
                                + Files.readString(certificates.certificatePem("operator")));
                yield settings.with("identityFile", both.toString());
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"PEM", "PKCS12", "JKS"})
    void mutual_tls_from_a_store_of_each_type(String type) throws Exception {
        assertConnects(identity(type));
    }

    @Test
    void mutual_tls_from_a_certificate_and_a_key_apart() throws Exception {
        assertConnects(
                trusting(over(Listener.SSL))
                        .with("identity", "PEM")
                        .with("identityFile", certificates.certificatePem("operator").toString())
                        .with("identityKeyFile", certificates.keyPem("operator").toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void trust_from_a_store_of_each_type(String type) throws Exception {
        assertConnects(
                identity("PKCS12")
                        .with("trust", type)
                        .with("trustFile", certificates.trust("broker", type).toString())
                        .withSecret("trustPassword", STORE));
    }

    @Test
    void diagnosis_tells_how_long_the_certificate_lasts() throws Exception {
        var tls = named(checks(identity("PKCS12")), KafkaChecks.TLS);
        assertThat(tls.state()).isEqualTo(State.PASSED);
        assertThat(tls.detail()).contains("CN=broker").contains("89 days");
    }

    @Test
    void an_untrusted_certificate_is_named() throws Exception {
        var settings = over(Listener.SASL_SSL).with("username", "alice");
        assertFails(settings, BrokerException.Unreachable.class, "trust");
        var steps = checks(settings);
        assertThat(named(steps, KafkaChecks.PORT).state()).isEqualTo(State.PASSED);
        assertThat(named(steps, KafkaChecks.TLS).state()).isEqualTo(State.FAILED);
        assertThat(named(steps, KafkaChecks.TLS).remedy()).isEqualTo(new Remedy.Edit("trust"));
        assertThat(named(steps, KafkaChecks.WRITE).state()).isEqualTo(State.SKIPPED);
    }

    @Test
    void a_certificate_of_another_host_is_named_and_can_be_accepted() throws Exception {
        var settings = identity("PKCS12");
        var other =
                settings.with(
                        "bootstrap",
                        broker.bootstrap(Listener.SSL).replace("localhost", "127.0.0.1"));
        assertFails(other, BrokerException.Unreachable.class, "verifyHost");
        assertConnects(other.with("verifyHost", "false"));
    }

    @Test
    void a_missing_or_unknown_client_certificate_is_named() throws Exception {
        assertFails(
                trusting(over(Listener.SSL)), BrokerException.NotAuthenticated.class, "identity");
        assertFails(
                identity("PKCS12").with("identityFile", folder.resolve("stranger.p12").toString()),
                BrokerException.NotAuthenticated.class,
                "identity");
    }

    @Test
    void a_store_that_cannot_be_opened_is_named() throws Exception {
        assertFails(
                identity("PKCS12").withSecret("identityPassword", new Secret("wrong")),
                BrokerException.NotAuthenticated.class,
                "identityFile");
    }

    @ParameterizedTest
    @CsvSource({
        "SASL_SSL, PLAIN",
        "SASL_SSL, SCRAM-SHA-256",
        "SASL_SSL, SCRAM-SHA-512",
        "SASL_PLAINTEXT, PLAIN",
        "SASL_PLAINTEXT, SCRAM-SHA-512"
    })
    void signs_in_by_password_and_tells_a_wrong_one(Listener listener, String mechanism)
            throws Exception {
        var settings =
                trusting(over(listener))
                        .with("mechanism", mechanism)
                        .with("username", "alice")
                        .withSecret("password", new Secret("wonderland"));
        assertConnects(settings);
        assertFails(
                settings.withSecret("password", WONDER),
                BrokerException.NotAuthenticated.class,
                "password");
    }

    @Test
    void aws_iam_signs_in_with_amazon_s_library() {
        var settings =
                Settings.of(
                        Map.of(
                                "bootstrap",
                                broker.bootstrap(Listener.SASL_PLAINTEXT),
                                "security",
                                "SASL_PLAINTEXT",
                                "mechanism",
                                "AWS_MSK_IAM"));
        // The broker does not offer it; the client could be made, and asked.
        assertFails(settings, BrokerException.NotAuthenticated.class, "mechanism");
    }

    @Test
    void without_the_right_to_transactions_a_transfer_is_at_least_once() throws Exception {
        try (var producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrap()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("orders-dlt", new byte[] {1})).get();
        }
        var settings =
                over(Listener.SASL_PLAINTEXT)
                        .with("username", "alice")
                        .withSecret("password", new Secret("wonderland"));
        var source = Records.topic("test", "orders-dlt");
        try (var connection = new KafkaConnector().open("test", settings);
                var scan = connection.scan(source, Cursor.oldest(), Cursor.newest());
                var transfer = connection.transfer(new TransferPlan("plain", source, "test"))) {
            assertThat(transfer.guarantee()).isEqualTo(Guarantee.AT_LEAST_ONCE);
            assertThat(transfer.provenPosition()).isEmpty();
            var letter = scan.next().orElseThrow().messages().getFirst();
            var sent =
                    transfer.send(
                            List.of(
                                    new Outgoing(
                                            0,
                                            letter,
                                            "orders",
                                            null,
                                            letter.key(),
                                            letter.payload(),
                                            letter.headers(),
                                            null)));
            assertThat(sent.getFirst()).isInstanceOf(TransferEvent.Sent.class);
            assertThat(connection.capabilities(source).purge()).isFalse();
        }
    }
}
