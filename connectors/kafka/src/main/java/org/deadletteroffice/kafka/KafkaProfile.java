package org.deadletteroffice.kafka;

import static org.deadletteroffice.spi.profile.Field.choice;
import static org.deadletteroffice.spi.profile.Field.duration;
import static org.deadletteroffice.spi.profile.Field.file;
import static org.deadletteroffice.spi.profile.Field.flag;
import static org.deadletteroffice.spi.profile.Field.properties;
import static org.deadletteroffice.spi.profile.Field.secret;
import static org.deadletteroffice.spi.profile.Field.text;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.deadletteroffice.spi.profile.Field;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;

/// How to reach a Kafka cluster: the fields of a profile, and what they mean to Kafka's client.
final class KafkaProfile {
    static final String AWS_MSK_IAM = "AWS_MSK_IAM";
    private static final String SECURITY = "Security";
    private static final String ADVANCED = "Advanced";
    private static final String[] TLS = {"SSL", "SASL_SSL"};
    private static final String[] SASL = {"SASL_SSL", "SASL_PLAINTEXT"};
    private static final String[] PASSWORDS = {"SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"};
    private static final List<String> STORES = List.of("PEM", "PKCS12", "JKS");
    private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(1);

    static final ProfileSchema SCHEMA =
            ProfileSchema.of(
                    text("bootstrap", "Bootstrap servers")
                            .hint("broker1:9092, broker2:9092")
                            .help("One or more brokers to start from; the others are found.")
                            .mandatory(),
                    choice(
                                    "security",
                                    "Security",
                                    List.of("PLAINTEXT", "SASL_SSL", "SSL", "SASL_PLAINTEXT"))
                            .help("Kafka's security.protocol.")
                            .in(SECURITY),
                    choice(
                                    "mechanism",
                                    "Sign-in",
                                    List.of(
                                            "PLAIN",
                                            "SCRAM-SHA-512",
                                            "SCRAM-SHA-256",
                                            "OAUTHBEARER",
                                            "GSSAPI",
                                            AWS_MSK_IAM))
                            .help("Kafka's sasl.mechanism.")
                            .shownWhen("security", SASL)
                            .in(SECURITY),
                    text("username", "User name").shownWhen("mechanism", PASSWORDS).in(SECURITY),
                    secret("password", "Password").shownWhen("mechanism", PASSWORDS).in(SECURITY),
                    text("tokenUrl", "Token endpoint")
                            .hint("https://login.example.org/oauth2/token")
                            .help("Where client id and secret are exchanged for a token.")
                            .shownWhen("mechanism", "OAUTHBEARER")
                            .in(SECURITY),
                    text("clientId", "Client id")
                            .shownWhen("mechanism", "OAUTHBEARER")
                            .in(SECURITY),
                    secret("clientSecret", "Client secret")
                            .shownWhen("mechanism", "OAUTHBEARER")
                            .in(SECURITY),
                    text("scope", "Scope").shownWhen("mechanism", "OAUTHBEARER").in(SECURITY),
                    text("kerberosService", "Kerberos service")
                            .preset("kafka")
                            .shownWhen("mechanism", "GSSAPI")
                            .in(SECURITY),
                    text("principal", "Principal")
                            .hint("alice@EXAMPLE.ORG")
                            .shownWhen("mechanism", "GSSAPI")
                            .in(SECURITY),
                    file("keytab", "Keytab")
                            .help("Left empty, the ticket cache of kinit is used.")
                            .shownWhen("mechanism", "GSSAPI")
                            .in(SECURITY),
                    text("awsProfile", "AWS profile")
                            .help("Left empty, AWS's default credentials are used.")
                            .shownWhen("mechanism", AWS_MSK_IAM)
                            .in(SECURITY),
                    text("awsRole", "AWS role to assume")
                            .hint("arn:aws:iam::123456789012:role/operator")
                            .shownWhen("mechanism", AWS_MSK_IAM)
                            .in(SECURITY),
                    text("awsRegion", "AWS region of STS")
                            .shownWhen("mechanism", AWS_MSK_IAM)
                            .in(SECURITY),
                    choice(
                                    "trust",
                                    "Trusted certificates",
                                    List.of("SYSTEM", "PEM", "PKCS12", "JKS"))
                            .help("What the broker's certificate is checked against.")
                            .shownWhen("security", TLS)
                            .in(SECURITY),
                    file("trustFile", "Trust store")
                            .shownWhen("trust", STORES.toArray(String[]::new))
                            .in(SECURITY),
                    secret("trustPassword", "Trust store password")
                            .shownWhen("trust", "PKCS12", "JKS")
                            .in(SECURITY),
                    choice(
                                    "identity",
                                    "Client certificate",
                                    List.of("NONE", "PEM", "PKCS12", "JKS"))
                            .help("For brokers that demand mutual TLS.")
                            .shownWhen("security", TLS)
                            .in(SECURITY),
                    file("identityFile", "Key store")
                            .help("PEM: the certificate chain, with or without the key.")
                            .shownWhen("identity", STORES.toArray(String[]::new))
                            .in(SECURITY),
                    file("identityKeyFile", "Private key")
                            .help("PKCS#8, where it does not stand with the certificate.")
                            .shownWhen("identity", "PEM")
                            .in(SECURITY),
                    secret("identityPassword", "Key store password")
                            .shownWhen("identity", "PKCS12", "JKS")
                            .in(SECURITY),
                    secret("keyPassword", "Private key password")
                            .shownWhen("identity", STORES.toArray(String[]::new))
                            .in(SECURITY),
                    flag("verifyHost", "Check the host name")
                            .preset("true")
                            .help("Whether the broker's certificate must name its host.")
                            .shownWhen("security", TLS)
                            .in(SECURITY),
                    duration("timeout", "Give up after").preset("10s").in(ADVANCED),
                    choice(
                                    "isolation",
                                    "Messages of transactions",
                                    List.of("read_committed", "read_uncommitted"))
                            .help("Whether aborted and open transactions are seen.")
                            .in(ADVANCED),
                    properties("properties", "Client properties")
                            .hint("client.dns.lookup=use_all_dns_ips")
                            .help("Any other property of Kafka's client.")
                            .in(ADVANCED),
                    secret("secretProperties", "Secret client properties")
                            .help("The same, for values that must not stand in a file.")
                            .in(ADVANCED));

    /// What the connector itself decides; a profile cannot.
    static final Set<String> OWN =
            Set.of(
                    "acks",
                    "allow.auto.create.topics",
                    "auto.offset.reset",
                    "enable.auto.commit",
                    "enable.idempotence",
                    "group.id",
                    "group.instance.id",
                    "group.protocol",
                    "key.deserializer",
                    "key.serializer",
                    "transactional.id",
                    "value.deserializer",
                    "value.serializer");

    private final Settings settings;
    private final Duration timeout;

    /// @throws IllegalArgumentException with a sentence, when the fields make no sense
    KafkaProfile(Settings settings) {
        this.settings = settings;
        var problems = SCHEMA.validate(settings);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.getFirst().sentence());
        }
        var given = ProfileSchema.parseDuration(value("timeout"));
        this.timeout = given.compareTo(LEAST_TIMEOUT) < 0 ? LEAST_TIMEOUT : given;
        var jaas = extra().get(SaslConfigs.SASL_JAAS_CONFIG);
        if (jaas != null) {
            var _ = Jaas.parse(jaas);
        }
    }

    String bootstrap() {
        return value("bootstrap").replaceAll("\\s+", "");
    }

    /// At least a second, so that a slip in the form does not make every call fail.
    Duration timeout() {
        return timeout;
    }

    boolean usesTls() {
        return value("security").endsWith("SSL");
    }

    boolean usesSasl() {
        return value("security").startsWith("SASL");
    }

    boolean verifiesHost() {
        return !value("verifyHost").equals("false");
    }

    String mechanism() {
        return value("mechanism");
    }

    /// Who signs in, for sentences; `The client` where there is no name.
    String user() {
        var name = usesSasl() ? value("username") + value("principal") + value("clientId") : "";
        return name.isEmpty() ? "The client" : name;
    }

    /// What every client of this profile is made with. Holds secrets; reads PEM files.
    ///
    /// @throws ConfigException when a file cannot be read
    Map<String, Object> clientProperties() {
        var all = new TreeMap<String, Object>(extra());
        all.keySet().removeAll(OWN);
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap());
        all.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, value("security"));
        all.putIfAbsent(CommonClientConfigs.CLIENT_ID_CONFIG, "dead-letter-office");
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, value("isolation"));
        if (usesTls()) {
            tls(all);
        }
        if (usesSasl()) {
            sasl(all);
        }
        return all;
    }

    private void tls(Map<String, Object> all) {
        if (!value("trust").equals("SYSTEM")) {
            all.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, value("trust"));
            put(all, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, value("trustFile"));
            put(all, SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, secretOf("trustPassword"));
        }
        if (!value("identity").equals("NONE")) {
            all.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, value("identity"));
            if (value("identity").equals("PEM") && !value("identityKeyFile").isEmpty()) {
                all.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, content("identityFile"));
                all.put(SslConfigs.SSL_KEYSTORE_KEY_CONFIG, content("identityKeyFile"));
            } else {
                put(all, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, value("identityFile"));
            }
            put(all, SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG, secretOf("identityPassword"));
            put(all, SslConfigs.SSL_KEY_PASSWORD_CONFIG, secretOf("keyPassword"));
        }
        if (!verifiesHost()) {
            all.put(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "");
        }
    }

    private void sasl(Map<String, Object> all) {
        all.put(SaslConfigs.SASL_MECHANISM, mechanism());
        switch (mechanism()) {
            case "PLAIN" -> jaas(all, password(Jaas.PLAIN));
            case "SCRAM-SHA-256", "SCRAM-SHA-512" -> jaas(all, password(Jaas.SCRAM));
            case "OAUTHBEARER" -> {
                jaas(all, Jaas.of(Jaas.OAUTH));
                put(all, SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL, value("tokenUrl"));
                put(all, OAUTH_CLIENT_ID, value("clientId"));
                put(all, OAUTH_CLIENT_SECRET, secretOf("clientSecret"));
                put(all, OAUTH_SCOPE, value("scope"));
                all.putIfAbsent(
                        SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS,
                        "org.apache.kafka.common.security.oauthbearer"
                                + ".OAuthBearerLoginCallbackHandler");
            }
            case "GSSAPI" -> {
                put(all, SaslConfigs.SASL_KERBEROS_SERVICE_NAME, value("kerberosService"));
                var keytab = value("keytab");
                jaas(
                        all,
                        keytab.isEmpty()
                                ? Jaas.of(
                                        Jaas.KERBEROS,
                                        "useTicketCache",
                                        "true",
                                        "principal",
                                        value("principal"))
                                : Jaas.of(
                                        Jaas.KERBEROS,
                                        "useKeyTab",
                                        "true",
                                        "storeKey",
                                        "true",
                                        "keyTab",
                                        keytab,
                                        "principal",
                                        value("principal")));
            }
            default -> {
                jaas(
                        all,
                        Jaas.of(
                                Jaas.AWS_IAM,
                                "awsProfileName",
                                value("awsProfile"),
                                "awsRoleArn",
                                value("awsRole"),
                                "awsStsRegion",
                                value("awsRegion")));
                all.putIfAbsent(
                        SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS,
                        "software.amazon.msk.auth.iam.IAMClientCallbackHandler");
            }
        }
    }

    static final String OAUTH_CLIENT_ID = "sasl.oauthbearer.client.credentials.client.id";
    static final String OAUTH_CLIENT_SECRET = "sasl.oauthbearer.client.credentials.client.secret";
    static final String OAUTH_SCOPE = "sasl.oauthbearer.scope";

    private Jaas password(String module) {
        // Also where they are empty: without them the client fails before it connects, again and
        // again, and the broker never gets to say what is missing.
        return new Jaas(
                module, Map.of("username", value("username"), "password", secretOf("password")));
    }

    /// A JAAS line among the client properties wins, for options that no field has.
    private static void jaas(Map<String, Object> all, Jaas jaas) {
        all.putIfAbsent(SaslConfigs.SASL_JAAS_CONFIG, jaas.text());
    }

    private static void put(Map<String, Object> all, String name, String value) {
        if (!value.isEmpty()) {
            all.put(name, value);
        }
    }

    private String content(String field) {
        try {
            return Files.readString(Path.of(value(field)));
        } catch (IOException unreadable) {
            throw new ConfigException("The file of the field '" + field + "' cannot be read.");
        }
    }

    /// The properties given as properties, secret ones included.
    private Map<String, String> extra() {
        var all = new TreeMap<>(parse(value("properties")));
        all.putAll(parse(secretOf("secretProperties")));
        return all;
    }

    static Map<String, String> parse(String text) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException malformed) {
            throw new IllegalArgumentException("The client properties are no lines of name=value.");
        }
        var all = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(n -> all.put(n, properties.getProperty(n)));
        return all;
    }

    private String value(String name) {
        Field field = SCHEMA.field(name).orElseThrow();
        return SCHEMA.value(field, settings).strip();
    }

    private String secretOf(String name) {
        return settings.secret(name).map(Secret::reveal).orElse("");
    }
}
