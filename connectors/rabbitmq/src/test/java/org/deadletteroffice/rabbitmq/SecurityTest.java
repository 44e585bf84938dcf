package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.deadletteroffice.fixtures.Certificates;
import org.deadletteroffice.fixtures.TokenEndpoint;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.profile.Check.State;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every way to sign in that the broker offers, and what is said when it fails.
final class SecurityTest extends OneNode {
    private static final Certificates CERTIFICATES = Node.SECURED.certificates;
    private static final String[] ALL = {
        "rabbitmq.configure:*/*",
        "rabbitmq.write:*/*",
        "rabbitmq.read:*/*",
        "rabbitmq.tag:management"
    };

    private Settings tls() throws Exception {
        return rabbit.settings()
                .with("hosts", "localhost:" + Node.SECURED.port())
                .with("tls", "true")
                .with("trust", "PEM")
                .with("trustFile", CERTIFICATES.certificatePem("broker").toString());
    }

    /// By a proxy that alone knows where the broker is, and its management API.
    private Settings behind(TunnelProxy proxy) {
        var management = URI.create(rabbit.settings().get("managementUrl").orElseThrow());
        return rabbit.settings()
                .with("proxy", proxy.url())
                .with("hosts", TunnelProxy.HIDDEN + ':' + rabbit.broker().port())
                .with("managementUrl", "http://" + TunnelProxy.HIDDEN + ':' + management.getPort());
    }

    private static Settings as(String who, Settings settings) throws Exception {
        return settings.with("identity", "PEM")
                .with("identityFile", CERTIFICATES.certificatePem(who).toString())
                .with("identityKeyFile", CERTIFICATES.keyPem(who).toString());
    }

    private Settings bearing(String token) {
        return rabbit.settings()
                .with("signIn", RabbitProfile.TOKEN)
                .withSecret("token", new Secret(token));
    }

    private static Map<String, Check> checks(Settings settings) throws BrokerException {
        var steps = new LinkedHashMap<String, Check>();
        try (var connection = open(settings)) {
            connection.checks(check -> steps.put(check.name(), check));
        }
        return steps;
    }

    private static Check check(Settings settings, String name) throws BrokerException {
        return Objects.requireNonNull(checks(settings).get(name));
    }

    private void assertReads(Settings settings) throws Exception {
        var queue = filled("secured", 3, Map.of());
        try (var over = open(settings)) {
            assertThat(all(over, queue)).hasSize(3);
        }
    }

    /// The first step that failed.
    private static Check failure(Settings settings) throws BrokerException {
        return checks(settings).values().stream()
                .filter(check -> check.state() == State.FAILED)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void trusts_the_broker_by_pem_and_by_both_kinds_of_store() throws Exception {
        assertReads(tls());
        for (var type : new String[] {"PKCS12", "JKS"}) {
            assertReads(
                    tls().with("trust", type)
                            .with("trustFile", CERTIFICATES.trust("broker", type).toString())
                            .withSecret("trustPassword", new Secret(Certificates.PASSWORD)));
        }
        assertThat(check(tls(), RabbitChecks.TLS).detail()).isEqualTo("TLSv1.3");
    }

    @Test
    void untrusted_broker_or_another_host_points_to_its_field() throws Exception {
        var untrusted =
                failure(
                        tls().with(
                                        "trustFile",
                                        CERTIFICATES.certificatePem("stranger").toString()));
        assertThat(untrusted.name()).isEqualTo(RabbitChecks.TLS);
        assertThat(untrusted.remedy()).isEqualTo(new Remedy.Edit("trust"));

        var misnamed = tls().with("hosts", "127.0.0.1:" + Node.SECURED.port());
        assertThat(failure(misnamed).remedy()).isEqualTo(new Remedy.Edit("verifyHost"));
        assertThatThrownBy(() -> assertReads(misnamed))
                .isInstanceOf(BrokerException.Unreachable.class);
        assertReads(misnamed.with("verifyHost", "false"));
    }

    private static String managementByTls(String host) {
        return "https://" + host + ':' + Node.SECURED.managementPort();
    }

    /// A cluster may take AMQP without TLS, from within its network, and the API with it.
    private Settings withTrust(Settings settings) throws Exception {
        return settings.with("managementUrl", managementByTls("localhost"))
                .with("trust", "PEM")
                .with("trustFile", CERTIFICATES.certificatePem("broker").toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void management_api_is_asked_by_https(boolean amqpToo) throws Exception {
        var queue = filled("by-https", 3, Map.of());
        var settings = withTrust(amqpToo ? tls() : rabbit.settings());

        assertThat(check(settings, RabbitChecks.MANAGEMENT).detail())
                .startsWith(managementByTls("localhost") + ", tags ");
        try (var over = open(settings)) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () ->
                                    assertThat(over.queues())
                                            .filteredOn(info -> info.ref().equals(queue))
                                            .singleElement()
                                            .satisfies(
                                                    info ->
                                                            assertThat(info.depth())
                                                                    .isEqualTo(
                                                                            Count.approximate(3))));
        }
    }

    @Test
    void untrusted_management_api_or_another_host_points_to_its_field() throws Exception {
        var plain = rabbit.settings().with("managementUrl", managementByTls("localhost"));
        var untrusted = check(plain, RabbitChecks.MANAGEMENT);
        assertThat(untrusted.state()).isEqualTo(State.FAILED);
        assertThat(untrusted.remedy()).isEqualTo(new Remedy.Edit("trust"));

        var misnamed = tls().with("managementUrl", managementByTls("127.0.0.1"));
        assertThat(check(misnamed, RabbitChecks.MANAGEMENT).remedy())
                .isEqualTo(new Remedy.Edit("verifyHost"));
        assertThat(check(misnamed.with("verifyHost", "false"), RabbitChecks.MANAGEMENT).state())
                .isEqualTo(State.PASSED);
    }

    @ParameterizedTest
    @EnumSource
    void proxy_carries_tls_to_a_broker_whose_name_it_alone_knows(TunnelProxy.Kind kind)
            throws Exception {
        try (var proxy = new TunnelProxy(kind)) {
            var behind =
                    tls().with("proxy", proxy.url())
                            .with("managementUrl", "none")
                            .with("hosts", TunnelProxy.HIDDEN + ':' + Node.SECURED.port());
            assertReads(behind.with("verifyHost", "false"));
            assertThat(proxy.asked())
                    .isNotEmpty()
                    .containsOnly(TunnelProxy.HIDDEN + ':' + Node.SECURED.port());
            var steps = checks(behind.with("verifyHost", "false"));
            assertThat(Objects.requireNonNull(steps.get(RabbitChecks.TLS)).detail())
                    .isEqualTo("TLSv1.3");
            assertThat(Objects.requireNonNull(steps.get(RabbitChecks.SIGN_IN)).state())
                    .isEqualTo(State.PASSED);
            // The certificate is the broker's, and names it localhost.
            assertThat(failure(behind).remedy()).isEqualTo(new Remedy.Edit("verifyHost"));
            assertReads(
                    behind.with("hosts", "127.0.0.1:" + rabbit.broker().port())
                            .with("tls", "false"));
        }
        var gone = behind(kind, "127.0.0.1:9");
        assertThat(failure(gone).detail()).contains("No answer from the proxy", "127.0.0.1:9");
        assertThat(failure(gone).remedy()).isEqualTo(new Remedy.Edit("proxy"));
        var unknown = behind(kind, "no-such-proxy.invalid:9");
        assertThat(failure(unknown).detail())
                .contains("The name of the proxy", "no-such-proxy.invalid:9 cannot be resolved");
        assertThat(failure(unknown).remedy()).isEqualTo(new Remedy.Edit("proxy"));
    }

    private Settings behind(TunnelProxy.Kind kind, String address) throws Exception {
        return tls().with("proxy", kind.name().toLowerCase(Locale.ROOT) + "://" + address)
                .with("managementUrl", "none");
    }

    @ParameterizedTest
    @EnumSource
    void proxy_carries_the_management_api_as_well(TunnelProxy.Kind kind) throws Exception {
        var queue = queue("behind", Map.of());
        try (var proxy = new TunnelProxy(kind)) {
            var behind = behind(proxy);
            try (var over = open(behind)) {
                assertThat(over.queues()).extracting(QueueInfo::ref).contains(queue);
            }
            assertThat(check(behind, RabbitChecks.MANAGEMENT).state()).isEqualTo(State.PASSED);
            var absent = behind.with("managementUrl", "http://" + TunnelProxy.HIDDEN + ":9");
            assertThat(check(absent, RabbitChecks.MANAGEMENT).remedy())
                    .isEqualTo(new Remedy.Edit("managementUrl"));
        }
    }

    /// The proxy stands for the usual ports, which a node of a test's own does not have.
    @ParameterizedTest
    @EnumSource
    void management_api_is_asked_at_the_next_host_where_the_first_is_down(TunnelProxy.Kind kind)
            throws Exception {
        var limited = queue("beside", Map.of("x-queue-type", "quorum", "x-delivery-limit", 7));
        try (var proxy = new TunnelProxy(kind)) {
            var first = "first.internal:15672";
            var second = TunnelProxy.HIDDEN + ":15672";
            proxy.lead("first.internal:5672", "127.0.0.1:9");
            proxy.lead(first, "127.0.0.1:9");
            proxy.lead(second, "127.0.0.1:" + rabbit.broker().managementPort());
            var several =
                    behind(proxy)
                            .with(
                                    "hosts",
                                    "first.internal, "
                                            + TunnelProxy.HIDDEN
                                            + ':'
                                            + rabbit.broker().port())
                            .with("managementUrl", "");
            try (var over = open(several)) {
                assertThat(over.queues()).extracting(QueueInfo::ref).contains(limited);
                assertThat(over.capabilities(limited))
                        .satisfies(
                                able -> {
                                    assertThat(able.moveOnServer()).isTrue();
                                    assertThat(able.observerEffect()).isEqualTo(counted(7));
                                });
            }
            assertThat(proxy.asked().stream().filter(first::equals))
                    .as("who answered is asked first from then on")
                    .hasSize(1);
            assertThat(check(several, RabbitChecks.MANAGEMENT))
                    .satisfies(
                            check -> {
                                assertThat(check.state()).isEqualTo(State.PASSED);
                                assertThat(check.detail()).contains("http://" + second);
                            });

            // Another name, as connections of HTTP are kept for the next who asks.
            proxy.lead("127.0.0.1:15672", "127.0.0.1:9");
            var nobody =
                    several.with("hosts", "first.internal, 127.0.0.1:" + rabbit.broker().port());
            assertThat(check(nobody, RabbitChecks.MANAGEMENT))
                    .satisfies(
                            check -> {
                                assertThat(check.state()).isEqualTo(State.WARNING);
                                assertThat(check.detail())
                                        .contains("http://" + first + ", http://127.0.0.1:15672");
                            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void proxy_is_told_user_and_password(TunnelProxy.Kind kind) throws Exception {
        try (var proxy = new TunnelProxy(kind, new TunnelProxy.User("me", "s3cret"))) {
            // SOCKS with a password carries AMQP alone.
            var stranger =
                    kind == TunnelProxy.Kind.HTTP
                            ? behind(proxy)
                            : behind(proxy).with("managementUrl", "none");
            assertThat(failure(stranger).remedy()).isEqualTo(new Remedy.Edit("proxyUsername"));

            var wrong =
                    failure(
                            stranger.with("proxyUsername", "me")
                                    .withSecret("proxyPassword", new Secret("guessed")));
            assertThat(wrong.remedy()).isEqualTo(new Remedy.Edit("proxyPassword"));
            assertThat(wrong.detail()).contains("proxy").doesNotContain("guessed");
            assertThat(proxy.asked()).isEmpty();

            var known =
                    stranger.with("proxyUsername", "me")
                            .withSecret("proxyPassword", new Secret("s3cret"));
            assertReads(known);
            assertThat(check(known, RabbitChecks.SIGN_IN).state()).isEqualTo(State.PASSED);
            if (kind == TunnelProxy.Kind.HTTP) {
                assertThat(check(known, RabbitChecks.MANAGEMENT).state()).isEqualTo(State.PASSED);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void proxy_that_finds_no_broker_is_told_as_such(TunnelProxy.Kind kind) throws Exception {
        try (var proxy = new TunnelProxy(kind)) {
            var nowhere =
                    behind(proxy)
                            .with("hosts", TunnelProxy.HIDDEN + ":9")
                            .with("managementUrl", "none");

            assertThat(failure(nowhere).detail())
                    .isEqualTo(
                            "The proxy opens no way to %s:9: it answered %s."
                                    .formatted(
                                            TunnelProxy.HIDDEN,
                                            kind == TunnelProxy.Kind.HTTP
                                                    ? "502"
                                                    : "that the connection was refused"));
        }
    }

    @Test
    void certificate_stands_for_a_password() throws Exception {
        rabbit.manage("PUT", "/users/operator", "{\"password_hash\":\"\",\"tags\":\"\"}");
        rabbit.manage(
                "PUT",
                "/permissions/%2F/operator",
                "{\"configure\":\"^$\",\"write\":\".*\",\"read\":\".*\"}");
        var external =
                tls().with("signIn", RabbitProfile.CERTIFICATE)
                        .with("managementUsername", "guest")
                        .withSecret("managementPassword", new Secret("guest"));

        assertReads(as("operator", external));
        assertReads(
                external.with("identity", "JKS")
                        .with("identityFile", CERTIFICATES.jks("operator").toString())
                        .withSecret("identityPassword", new Secret(Certificates.PASSWORD)));
        for (var refused : new Settings[] {as("stranger", external), external}) {
            assertThat(failure(refused).remedy()).isEqualTo(new Remedy.Edit("identity"));
        }
    }

    @Test
    void token_signs_in_to_broker_and_management() throws Exception {
        var settings = bearing(Node.SECURED.token(Instant.now().plusSeconds(600), ALL));

        assertReads(settings);
        try (var over = open(settings)) {
            assertThat(over.queues()).isNotEmpty();
        }
        assertThat(check(settings, RabbitChecks.MANAGEMENT).state()).isEqualTo(State.PASSED);
    }

    @Test
    void expired_token_is_told_and_never_shown() throws Exception {
        var token = Node.SECURED.token(Instant.now().minusSeconds(60), ALL);
        var failed = failure(bearing(token));

        assertThat(failed.name()).isEqualTo(RabbitChecks.SIGN_IN);
        assertThat(failed.remedy()).isEqualTo(new Remedy.Edit("token"));
        assertThat(failed.toString()).doesNotContain(token);
    }

    @Test
    void token_without_a_scope_lacks_that_permission() throws Exception {
        var queue = filled("secured", 1, Map.of());
        var blind =
                bearing(
                        Node.SECURED.token(
                                Instant.now().plusSeconds(600),
                                "rabbitmq.write:*/*",
                                "rabbitmq.tag:management"));
        try (var over = open(blind)) {
            assertThatThrownBy(() -> all(over, new QueueRef(PROFILE, queue.name(), queue.kind())))
                    .isInstanceOf(BrokerException.NotAuthorized.class)
                    .hasMessageContaining("read on the queue " + queue.name());
        }
    }

    private Settings asking(TokenEndpoint endpoint, String secret) {
        return rabbit.settings()
                .with("signIn", RabbitProfile.CLIENT)
                .with("tokenUrl", endpoint.url())
                .with("clientId", "dlo")
                .with("scope", "rabbitmq")
                .withSecret("clientSecret", new Secret(secret));
    }

    private static TokenEndpoint endpoint(Duration life) throws Exception {
        return new TokenEndpoint(
                "dlo", "s3cret", life, expires -> Node.SECURED.token(expires, ALL));
    }

    /// When the program's connections to the broker began, as the broker tells it.
    private List<String> connected() throws Exception {
        var all = new ObjectMapper().readTree(rabbit.manage("GET", "/connections", ""));
        return StreamSupport.stream(all.spliterator(), false)
                .filter(one -> one.path("user").asText().equals("operator"))
                .map(one -> one.path("connected_at").asText())
                .toList();
    }

    @Test
    void token_is_renewed_while_a_connection_is_open() throws Exception {
        var queue = filled("renewed", 3, Map.of());
        try (var endpoint = endpoint(Duration.ofSeconds(4));
                var over = open(asking(endpoint, "s3cret"));
                var browse = over.browse(queue)) {
            assertThat(browse.page(Cursor.oldest(), Direction.NEWER, 3).messages()).hasSize(3);
            var expired = Instant.now().plusSeconds(5);
            Awaitility.await().until(() -> connected().size() == 1);
            var since = connected();

            Awaitility.await()
                    .until(() -> endpoint.requests().size() > 2 && Instant.now().isAfter(expired));

            assertThat(connected()).as("the same connection, still open").isEqualTo(since);
            assertThat(over.queues()).extracting(QueueInfo::ref).contains(queue);
            assertThat(browse.page(Cursor.oldest(), Direction.NEWER, 3).messages()).hasSize(3);
        }
    }

    @Test
    void endpoint_that_gives_no_token_is_named_and_not_the_broker() throws Exception {
        try (var endpoint = endpoint(Duration.ofMinutes(10))) {
            var refused = failure(asking(endpoint, "guessed"));
            assertThat(refused.remedy()).isEqualTo(new Remedy.Edit("clientSecret"));
            assertThat(refused.detail()).contains(endpoint.url()).doesNotContain("guessed");
            assertThat(endpoint.requests())
                    .contains("grant_type=client_credentials&scope=rabbitmq");
        }
        try (var gone = endpoint(Duration.ofMinutes(10))) {
            gone.close();
            var silent = failure(asking(gone, "s3cret"));
            assertThat(silent.remedy()).isEqualTo(new Remedy.Edit("tokenUrl"));
        }
    }

    @Test
    void the_first_host_that_answers_is_used_and_the_others_are_named() throws Exception {
        var several =
                rabbit.settings()
                        .with(
                                "hosts",
                                "127.0.0.1:9, " + rabbit.settings().get("hosts").orElseThrow());

        assertReads(several);
        assertThat(check(several, RabbitChecks.PORT))
                .satisfies(
                        check -> {
                            assertThat(check.state()).isEqualTo(State.WARNING);
                            assertThat(check.detail()).contains("127.0.0.1:9");
                        });
    }
}
