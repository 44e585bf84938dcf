package org.deadletteroffice.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;
import org.deadletteroffice.fixtures.kafka.KafkaBroker;
import org.deadletteroffice.fixtures.kafka.KafkaBroker.Listener;
import org.deadletteroffice.fixtures.kafka.KafkaBroker.Options;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GSSAPI, against a Kerberos domain of its own: a key server in this JVM and a broker that asks
/// it.
final class KerberosSignInTest {
    private static final String REALM = "DLO.TEST";
    private static final String CONFIGURATION = "java.security.krb5.conf";

    @TempDir private static Path folder;
    private static SimpleKdcServer keys;
    private static KafkaBroker broker;

    @BeforeAll
    static void start() throws Exception {
        keys = new SimpleKdcServer();
        keys.setWorkDir(folder.toFile());
        keys.setKdcHost("localhost");
        keys.setKdcRealm(REALM);
        keys.setAllowUdp(false);
        int port = freePort();
        keys.setKdcTcpPort(port);
        keys.init();
        keys.start();
        var configuration = folder.resolve("realm.conf");
        Files.writeString(
                configuration,
                """
                [libdefaults]
                  default_realm = %1$s
                  udp_preference_limit = 1
                  dns_lookup_kdc = false
                [realms]
                  %1$s = {
                    kdc = localhost:%2$d
                  }
                [domain_realm]
                  localhost = %1$s
                """
                        .formatted(REALM, port));
        System.setProperty(CONFIGURATION, configuration.toString());
        broker =
                KafkaBroker.start(
                        Options.PLAIN
                                .listen(Listener.SASL_PLAINTEXT)
                                .set("sasl.enabled.mechanisms", "GSSAPI")
                                .set("sasl.kerberos.service.name", "kafka")
                                .set(
                                        "listener.name.sasl_plaintext.gssapi.sasl.jaas.config",
                                        Jaas.KERBEROS
                                                + " required useKeyTab=true storeKey=true keyTab=\""
                                                + keytab("kafka/localhost")
                                                + "\" principal=\"kafka/localhost@"
                                                + REALM
                                                + "\";")
                                .systemProperty(CONFIGURATION, configuration.toString()));
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic("orders-dlt", 1, (short) 1))).all().get();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
        keys.stop();
        System.clearProperty(CONFIGURATION);
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path keytab(String principal) throws Exception {
        var file = folder.resolve(principal.replace('/', '-') + ".keytab");
        keys.createPrincipal(principal + '@' + REALM);
        keys.exportPrincipal(principal + '@' + REALM, file.toFile());
        return file;
    }

    private static Settings as(String principal, Path keytab) {
        return Settings.of(
                Map.of(
                        "bootstrap",
                        broker.bootstrap(Listener.SASL_PLAINTEXT),
                        "security",
                        "SASL_PLAINTEXT",
                        "mechanism",
                        "GSSAPI",
                        "kerberosService",
                        "kafka",
                        "principal",
                        principal + '@' + REALM,
                        "keytab",
                        keytab.toString(),
                        "timeout",
                        "10s"));
    }

    @Test
    void signs_in_with_a_keytab() throws Exception {
        try (var connection =
                new KafkaConnector().open("test", as("operator", keytab("operator")))) {
            assertThat(connection.queues())
                    .extracting(QueueInfo::ref)
                    .containsExactly(Records.topic("test", "orders-dlt"));
        }
    }

    @Test
    void a_keytab_of_somebody_else_is_named() throws Exception {
        var settings = as("nobody", keytab("stranger"));

        assertThatThrownBy(() -> new KafkaConnector().open("test", settings).queues())
                .isInstanceOfSatisfying(
                        BrokerException.NotAuthenticated.class,
                        failed ->
                                assertThat(failed.remedy())
                                        .isEqualTo(new Remedy.Edit("principal")));
    }
}
