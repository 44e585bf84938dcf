package org.deadletteroffice.kafka;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;

/// Fills a profile from what people have at hand: a `client.properties` of the Java client, one of
/// librdkafka, or a bare list of brokers.
final class PastedText {
    private static final Pattern BROKERS =
            Pattern.compile(
                    "(?:([A-Za-z_]+)://)?[\\w.-]+:\\d{1,5}(?:\\s*,\\s*(?:[A-Za-z_]+://)?[\\w.-]+:\\d{1,5})*");
    private static final Pattern SECRET_NAME =
            Pattern.compile(
                    "password|secret|jaas|\\.key$|token|credential", Pattern.CASE_INSENSITIVE);

    /// Properties that are a field's value as they are.
    private static final Map<String, String> FIELDS =
            Map.ofEntries(
                    Map.entry("bootstrap.servers", "bootstrap"),
                    Map.entry("metadata.broker.list", "bootstrap"),
                    Map.entry("sasl.username", "username"),
                    Map.entry("sasl.oauthbearer.token.endpoint.url", "tokenUrl"),
                    Map.entry(KafkaProfile.OAUTH_CLIENT_ID, "clientId"),
                    Map.entry("sasl.oauthbearer.client.id", "clientId"),
                    Map.entry(KafkaProfile.OAUTH_SCOPE, "scope"),
                    Map.entry("sasl.kerberos.service.name", "kerberosService"),
                    Map.entry("ssl.truststore.location", "trustFile"),
                    Map.entry("ssl.keystore.location", "identityFile"),
                    Map.entry("ssl.key.location", "identityKeyFile"),
                    Map.entry("isolation.level", "isolation"));

    private static final Map<String, String> SECRETS =
            Map.of(
                    "sasl.password",
                    "password",
                    KafkaProfile.OAUTH_CLIENT_SECRET,
                    "clientSecret",
                    "sasl.oauthbearer.client.secret",
                    "clientSecret",
                    "ssl.truststore.password",
                    "trustPassword",
                    "ssl.keystore.password",
                    "identityPassword",
                    "ssl.key.password",
                    "keyPassword");

    /// What a login module is for, where the text does not name the mechanism.
    private static final Map<String, String> MECHANISMS =
            Map.of(
                    Jaas.PLAIN, "PLAIN",
                    Jaas.SCRAM, "SCRAM-SHA-512",
                    Jaas.OAUTH, "OAUTHBEARER",
                    Jaas.KERBEROS, "GSSAPI",
                    Jaas.AWS_IAM, KafkaProfile.AWS_MSK_IAM);

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Secret> secrets = new LinkedHashMap<>();
    private final Map<String, String> rest = new TreeMap<>();
    private final Map<String, String> secretRest = new TreeMap<>();

    private PastedText() {}

    /// Empty when the text names no broker and no security setting.
    static Optional<Settings> read(String text) {
        var trimmed = text.strip();
        var brokers = BROKERS.matcher(trimmed);
        if (brokers.matches()) {
            var pasted = new PastedText();
            pasted.values.put("bootstrap", trimmed.replaceAll("[A-Za-z_]+://", ""));
            var protocol = brokers.group(1);
            if (protocol != null) {
                pasted.security(protocol);
            }
            return Optional.of(pasted.settings());
        }
        try {
            var properties = KafkaProfile.parse(trimmed);
            if (properties.keySet().stream().noneMatch(PastedText::isOfAClient)) {
                return Optional.empty();
            }
            var pasted = new PastedText();
            properties.forEach(pasted::take);
            return Optional.of(pasted.settings());
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isOfAClient(String name) {
        return FIELDS.containsKey(name)
                || SECRETS.containsKey(name)
                || name.equals("security.protocol")
                || name.startsWith("sasl.")
                || name.startsWith("ssl.");
    }

    private void take(String name, String given) {
        var value = given.strip();
        var field = FIELDS.get(name);
        var secret = SECRETS.get(name);
        if (field != null) {
            values.put(field, value);
        } else if (secret != null) {
            secrets.put(secret, new Secret(value));
        } else if (!KafkaProfile.OWN.contains(name)) {
            named(name, value);
        }
    }

    private void named(String name, String value) {
        switch (name) {
            case "security.protocol" -> security(value);
            case "sasl.mechanism", "sasl.mechanisms" ->
                    values.put("mechanism", value.toUpperCase(Locale.ROOT));
            case "sasl.jaas.config" -> jaas(value);
            case "ssl.truststore.type" -> values.put("trust", value.toUpperCase(Locale.ROOT));
            case "ssl.keystore.type" -> values.put("identity", value.toUpperCase(Locale.ROOT));
            case "ssl.ca.location" -> {
                values.put("trust", "PEM");
                values.put("trustFile", value);
            }
            case "ssl.certificate.location" -> {
                values.put("identity", "PEM");
                values.put("identityFile", value);
            }
            case "ssl.endpoint.identification.algorithm" ->
                    values.put("verifyHost", value.equalsIgnoreCase("https") ? "true" : "false");
            case "default.api.timeout.ms" -> values.put("timeout", value + "ms");
            case "sasl.login.callback.handler.class", "sasl.client.callback.handler.class" -> {
                if (!isOurs(value)) {
                    rest.put(name, value);
                }
            }
            default -> {
                if (SECRET_NAME.matcher(name).find()) {
                    secretRest.put(name, value);
                } else {
                    rest.put(name, value);
                }
            }
        }
    }

    /// Handlers that the profile names by itself.
    private static boolean isOurs(String handler) {
        return handler.endsWith(".OAuthBearerLoginCallbackHandler")
                || handler.equals("software.amazon.msk.auth.iam.IAMClientCallbackHandler");
    }

    private void security(String protocol) {
        var name = protocol.toUpperCase(Locale.ROOT);
        values.put("security", name.equals("KAFKA") ? "PLAINTEXT" : name);
    }

    private void jaas(String text) {
        var jaas = Jaas.parse(text);
        MECHANISMS.forEach(
                (module, mechanism) -> {
                    if (module.equals(jaas.module())) {
                        values.putIfAbsent("mechanism", mechanism);
                    }
                });
        switch (jaas.module()) {
            case Jaas.PLAIN, Jaas.SCRAM -> {
                values.put("username", jaas.option("username"));
                secrets.put("password", new Secret(jaas.option("password")));
            }
            case Jaas.OAUTH -> {
                // Before 4.1 the client's credentials stood here.
                values.put("clientId", jaas.option("clientId"));
                values.put("scope", jaas.option("scope"));
                if (!jaas.option("clientSecret").isEmpty()) {
                    secrets.put("clientSecret", new Secret(jaas.option("clientSecret")));
                }
            }
            case Jaas.KERBEROS -> {
                values.put("principal", jaas.option("principal"));
                values.put("keytab", jaas.option("keyTab"));
            }
            default -> {
                values.put("awsProfile", jaas.option("awsProfileName"));
                values.put("awsRole", jaas.option("awsRoleArn"));
                values.put("awsRegion", jaas.option("awsStsRegion"));
            }
        }
    }

    private Settings settings() {
        // Kafka takes a store without a type for a Java key store, whatever its name says.
        if (values.containsKey("trustFile")) {
            values.putIfAbsent("trust", "JKS");
        }
        if (values.containsKey("identityFile")) {
            values.putIfAbsent("identity", "JKS");
        }
        if (!rest.isEmpty()) {
            values.put("properties", lines(rest));
        }
        if (!secretRest.isEmpty()) {
            secrets.put("secretProperties", new Secret(lines(secretRest)));
        }
        values.values().removeIf(String::isEmpty);
        return new Settings(values, secrets);
    }

    private static String lines(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + escaped(entry.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }
}
