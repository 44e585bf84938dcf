package org.deadletteroffice.rabbitmq;

import static org.deadletteroffice.spi.profile.Field.choice;
import static org.deadletteroffice.spi.profile.Field.duration;
import static org.deadletteroffice.spi.profile.Field.file;
import static org.deadletteroffice.spi.profile.Field.flag;
import static org.deadletteroffice.spi.profile.Field.secret;
import static org.deadletteroffice.spi.profile.Field.text;

import com.rabbitmq.client.Address;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.jspecify.annotations.Nullable;

/// How to reach a RabbitMQ broker: the fields of a profile and what they mean.
final class RabbitProfile {
    static final String PASSWORD = "PASSWORD";
    static final String TOKEN = "OAUTH2_TOKEN";
    static final String CLIENT = "OAUTH2_CLIENT";
    static final String CERTIFICATE = "CLIENT_CERTIFICATE";
    private static final String SECURITY = "Security";
    private static final String MANAGEMENT = "Management";
    private static final String ADVANCED = "Advanced";
    private static final String GUEST = "guest";
    private static final String NO_MANAGEMENT = "none";
    private static final String[] STORES = {"PEM", "PKCS12", "JKS"};
    private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(1);
    private static final int PORT = 5672;
    private static final int TLS_PORT = 5671;
    private static final int MANAGEMENT_PORT = 15672;
    private static final int TLS_MANAGEMENT_PORT = 15671;

    static final ProfileSchema SCHEMA =
            ProfileSchema.of(
                    text("hosts", "Hosts")
                            .hint("rabbit1, rabbit2:5672")
                            .help("One or more nodes of one cluster; the first that answers.")
                            .mandatory(),
                    text("virtualHost", "Virtual host").preset("/"),
                    choice("signIn", "Sign-in", List.of(PASSWORD, TOKEN, CLIENT, CERTIFICATE))
                            .help(
                                    "OAUTH2_CLIENT fetches tokens and renews them; CLIENT_CERTIFICATE is EXTERNAL.")
                            .in(SECURITY),
                    text("username", "User name")
                            .preset(GUEST)
                            .shownWhen("signIn", PASSWORD)
                            .in(SECURITY),
                    secret("password", "Password")
                            .help("Left empty for guest: the one that RabbitMQ comes with.")
                            .shownWhen("signIn", PASSWORD)
                            .in(SECURITY),
                    secret("token", "OAuth 2 token")
                            .help("An access token that the broker's OAuth 2 plugin accepts.")
                            .shownWhen("signIn", TOKEN)
                            .in(SECURITY),
                    text("tokenUrl", "Token endpoint")
                            .hint("https://login.example.org/oauth2/token")
                            .help("Where client id and secret are exchanged for a token.")
                            .shownWhen("signIn", CLIENT)
                            .mandatory()
                            .in(SECURITY),
                    text("clientId", "Client id")
                            .shownWhen("signIn", CLIENT)
                            .mandatory()
                            .in(SECURITY),
                    secret("clientSecret", "Client secret")
                            .shownWhen("signIn", CLIENT)
                            .mandatory()
                            .in(SECURITY),
                    text("scope", "Scope").shownWhen("signIn", CLIENT).in(SECURITY),
                    flag("tls", "Use TLS").preset("false").in(SECURITY),
                    choice(
                                    "trust",
                                    "Trusted certificates",
                                    List.of("SYSTEM", "PEM", "PKCS12", "JKS"))
                            .help(
                                    "What the certificates of broker and management API are checked against.")
                            .in(SECURITY),
                    file("trustFile", "Trust store").shownWhen("trust", STORES).in(SECURITY),
                    secret("trustPassword", "Trust store password")
                            .shownWhen("trust", "PKCS12", "JKS")
                            .in(SECURITY),
                    choice(
                                    "identity",
                                    "Client certificate",
                                    List.of("NONE", "PEM", "PKCS12", "JKS"))
                            .help("For brokers that demand mutual TLS.")
                            .shownWhen("tls", "true")
                            .in(SECURITY),
                    file("identityFile", "Key store")
                            .help("PEM: the certificate chain, with or without the key.")
                            .shownWhen("identity", STORES)
                            .in(SECURITY),
                    file("identityKeyFile", "Private key")
                            .help("PKCS#8, where it does not stand with the certificate.")
                            .shownWhen("identity", "PEM")
                            .in(SECURITY),
                    secret("identityPassword", "Key store password")
                            .shownWhen("identity", "PKCS12", "JKS")
                            .in(SECURITY),
                    flag("verifyHost", "Check the host name")
                            .preset("true")
                            .help("Whether these certificates must name their host.")
                            .in(SECURITY),
                    text("managementUrl", "Management URL")
                            .hint("http://rabbit1:15672")
                            .help(
                                    "Left empty: port 15672 (with TLS 15671) of the hosts. 'none': do without.")
                            .in(MANAGEMENT),
                    text("managementUsername", "Management user")
                            .help("Left empty: the same sign-in as above.")
                            .in(MANAGEMENT),
                    secret("managementPassword", "Management password").in(MANAGEMENT),
                    text("queues", "Queues")
                            .hint("orders.dlq, payments.dlq")
                            .help(
                                    "Without the management API no broker lists its queues: name them.")
                            .in(MANAGEMENT),
                    text("proxy", "Proxy")
                            .hint("socks://proxy:1080")
                            .help("socks:// or http://; it carries the management API as well.")
                            .in(ADVANCED),
                    text("proxyUsername", "Proxy user")
                            .help("For a proxy that asks for one.")
                            .in(ADVANCED),
                    secret("proxyPassword", "Proxy password").in(ADVANCED),
                    duration("timeout", "Give up after").preset("10s").in(ADVANCED));

    private final Settings settings;
    private final List<Address> addresses;

    /// Asked for with each call and each message, so they are read once.
    private final Duration timeout;

    private final String username;

    /// @throws IllegalArgumentException with a sentence, when the fields make no sense
    RabbitProfile(Settings settings) {
        this.settings = settings;
        var problems = SCHEMA.validate(settings);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.getFirst().sentence());
        }
        var given = ProfileSchema.parseDuration(value("timeout"));
        timeout = given.compareTo(LEAST_TIMEOUT) < 0 ? LEAST_TIMEOUT : given;
        username = signIn().equals(PASSWORD) ? value("username") : "";
        addresses =
                Arrays.stream(value("hosts").split("[,\\s]+"))
                        .filter(host -> !host.isEmpty())
                        .map(this::address)
                        .toList();
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("Hosts is missing.");
        }
        if (signIn().equals(CERTIFICATE) && !usesTls()) {
            throw new IllegalArgumentException("Sign-in by certificate needs TLS.");
        }
        if (signIn().equals(CLIENT)) {
            var _ = tokenUrl();
        }
        var _ = managementUris();
        checkProxy();
    }

    private Address address(String host) {
        var colon = host.lastIndexOf(':');
        var plain = colon < 0 || (host.indexOf(':') != colon && !host.contains("]:"));
        try {
            var port = plain ? defaultPort() : Integer.parseInt(host.substring(colon + 1));
            return new Address(
                    (plain ? host : host.substring(0, colon)).replaceAll("^\\[|]$", ""), port);
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException("'" + host + "' is no host:port.", malformed);
        }
    }

    private int defaultPort() {
        return usesTls() ? TLS_PORT : PORT;
    }

    List<Address> addresses() {
        return addresses;
    }

    /// For sentences: `rabbit1:5672, rabbit2:5672`.
    String hostNames() {
        return String.join(
                ", ", addresses.stream().map(a -> a.getHost() + ':' + a.getPort()).toList());
    }

    String virtualHost() {
        return value("virtualHost");
    }

    String signIn() {
        return value("signIn");
    }

    String username() {
        return username;
    }

    /// Who signs in, for sentences.
    String user() {
        return switch (signIn()) {
            case PASSWORD -> "The user " + value("username");
            case TOKEN -> "The token's owner";
            case CLIENT -> "The client " + value("clientId");
            default -> "The certificate's owner";
        };
    }

    /// The name that the broker's administrator knows; empty where another than the profile says
    /// it.
    Optional<String> login() {
        return signIn().equals(PASSWORD) ? Optional.of(value("username")) : Optional.empty();
    }

    /// The field that most likely holds what a broker refused.
    String credentialField() {
        return switch (signIn()) {
            case PASSWORD -> "password";
            case TOKEN -> "token";
            case CLIENT -> "clientSecret";
            default -> "identity";
        };
    }

    /// Password, token or the client's secret; to be handed to a client alone. RabbitMQ comes with
    /// the user guest, whose password everybody knows and who may sign in from the broker's own
    /// machine only.
    Secret credential() {
        var field = signIn().equals(CERTIFICATE) ? "password" : credentialField();
        return settings.secret(field).orElse(new Secret(username().equals(GUEST) ? GUEST : ""));
    }

    boolean usesTls() {
        return value("tls").equals("true");
    }

    boolean presentsCertificate() {
        return usesTls() && !value("identity").equals("NONE");
    }

    boolean verifiesHost() {
        return !value("verifyHost").equals("false");
    }

    /// At least a second, so that a slip in the form does not make every call fail.
    Duration timeout() {
        return timeout;
    }

    /// Queues that are looked at where no management API lists them.
    List<String> namedQueues() {
        return Arrays.stream(value("queues").split("[,\\n]"))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    /// Whether somebody said where the management API is, so that its absence is a fault.
    boolean namesManagement() {
        return !value("managementUrl").isEmpty() && !managementUris().isEmpty();
    }

    /// Where the management API may answer, without a slash at its end: where the profile says so,
    /// else at each host; empty where it shall not be asked.
    List<URI> managementUris() {
        var given = value("managementUrl");
        if (given.equalsIgnoreCase(NO_MANAGEMENT)) {
            return List.of();
        }
        return given.isEmpty()
                ? addresses.stream().map(Address::getHost).distinct().map(this::beside).toList()
                : List.of(web(given.replaceAll("/+$", ""), "management URL"));
    }

    private URI beside(String host) {
        return URI.create(
                (usesTls() ? "https://" : "http://")
                        + (host.contains(":") ? '[' + host + ']' : host)
                        + ':'
                        + (usesTls() ? TLS_MANAGEMENT_PORT : MANAGEMENT_PORT));
    }

    /// Where tokens are fetched.
    String tokenUrl() {
        return web(value("tokenUrl"), "token endpoint").toString();
    }

    private static URI web(String given, String what) {
        try {
            var uri = URI.create(given);
            if (uri.getHost() != null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // told below, without the cause, which quotes the text
        }
        throw new IllegalArgumentException("The " + what + " is no http:// or https:// address.");
    }

    String managementUsername() {
        var own = value("managementUsername");
        return own.isEmpty() ? username() : own;
    }

    /// Begins a sentence.
    String managementUser() {
        var own = value("managementUsername");
        return own.isEmpty() ? user() : "The user " + own;
    }

    /// The field to change where the management API does not accept the sign-in.
    String managementCredentialField() {
        if (!value("managementUsername").isEmpty()) {
            return "managementPassword";
        }
        return signIn().equals(CERTIFICATE) ? "managementUsername" : credentialField();
    }

    Secret managementPassword() {
        return value("managementUsername").isEmpty()
                ? credential()
                : settings.secret("managementPassword").orElse(new Secret(""));
    }

    /// Whether the management API is asked with a bearer token.
    boolean managesByToken() {
        return (signIn().equals(TOKEN) || signIn().equals(CLIENT))
                && value("managementUsername").isEmpty();
    }

    /// Null: none.
    @Nullable Proxy proxy() {
        var given = value("proxy");
        if (given.isEmpty()) {
            return null;
        }
        try {
            var uri = URI.create(given);
            var type =
                    switch (String.valueOf(uri.getScheme())) {
                        case "socks", "socks5" -> Proxy.Type.SOCKS;
                        case "http" -> Proxy.Type.HTTP;
                        default -> null;
                    };
            if (type != null
                    && uri.getHost() != null
                    && uri.getPort() > 0
                    && uri.getRawUserInfo() == null) {
                return new Proxy(
                        type, InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort()));
            }
        } catch (IllegalArgumentException _) {
            // told below
        }
        throw new IllegalArgumentException(
                "The proxy is no socks://host:port or http://host:port; its user and password have"
                        + " fields of their own.");
    }

    /// Who asks the proxy; empty: nobody in particular.
    String proxyUser() {
        return value("proxyUsername");
    }

    Secret proxyPassword() {
        return settings.secret("proxyPassword").orElse(new Secret(""));
    }

    /// What an HTTP proxy is told of who asks; null where it is told nothing.
    @Nullable String proxyAuthorization() {
        return proxyUser().isEmpty() ? null : SignIn.basic(proxyUser(), proxyPassword());
    }

    private void checkProxy() {
        var proxy = proxy();
        if (proxy == null || proxyUser().isEmpty()) {
            return;
        }
        // The JDK's client of HTTP has no way to tell them for one connection alone.
        var management = managementUris();
        if (proxy.type() == Proxy.Type.SOCKS && !management.isEmpty()) {
            throw new IllegalArgumentException(
                    "Through a SOCKS proxy with a password the management API cannot be asked: set"
                            + " its URL to none, and name the queues.");
        }
        if (management.stream().anyMatch(uri -> "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException(
                    "Through a proxy with a password the management API cannot be asked by https:"
                            + " set its URL to none, and name the queues.");
        }
    }

    String value(String name) {
        return SCHEMA.value(SCHEMA.field(name).orElseThrow(), settings).strip();
    }

    char @Nullable [] secretOf(String name) {
        return settings.secret(name).map(secret -> secret.reveal().toCharArray()).orElse(null);
    }
}
