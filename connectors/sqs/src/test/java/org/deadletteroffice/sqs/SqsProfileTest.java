package org.deadletteroffice.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.Test;

class SqsProfileTest {
    private static final Settings BASE = Settings.of(Map.of("region", "eu-central-1"));

    private static final Map<String, Settings> ODD = new HashMap<>();
    private static final Map<String, Function<SqsProfile, Object>> READ = new HashMap<>();
    private static final Map<String, Object> EXPECTED = new HashMap<>();

    private static void field(
            String name, Settings odd, Object expected, Function<SqsProfile, Object> read) {
        ODD.put(name, odd);
        EXPECTED.put(name, expected);
        READ.put(name, read);
    }

    private static Function<SqsProfile, Object> read(String name) {
        return Objects.requireNonNull(READ.get(name), name);
    }

    static {
        var keys =
                BASE.with("signIn", "KEYS")
                        .with("accessKeyId", "AKIA")
                        .withSecret("secretKey", new Secret("s"));
        var role = BASE.with("signIn", "ROLE").with("roleArn", "arn:aws:iam::1:role/r");
        field("region", BASE, "eu-central-1", SqsProfile::region);
        field(
                "endpoint",
                BASE.with("endpoint", "http://localhost:1"),
                URI.create("http://localhost:1"),
                profile -> profile.endpoint().orElseThrow());
        field(
                "s3Endpoint",
                BASE.with("s3Endpoint", "http://localhost:2"),
                URI.create("http://localhost:2"),
                profile -> profile.objectEndpoint().orElseThrow());
        field("queuePrefix", BASE.with("queuePrefix", "shop-"), "shop-", SqsProfile::queuePrefix);
        field("signIn", keys, "KEYS", SqsProfile::signIn);
        field(
                "awsProfile",
                BASE.with("signIn", "PROFILE").with("awsProfile", "ops"),
                "ops",
                profile -> profile.awsProfile().orElseThrow());
        field("accessKeyId", keys, "AKIA", SqsProfile::accessKeyId);
        field("secretKey", keys, new Secret("s"), profile -> profile.secretKey().orElseThrow());
        field(
                "sessionToken",
                keys.withSecret("sessionToken", new Secret("t")),
                new Secret("t"),
                profile -> profile.sessionToken().orElseThrow());
        field("roleArn", role, "arn:aws:iam::1:role/r", SqsProfile::roleArn);
        field(
                "externalId",
                role.with("externalId", "x"),
                "x",
                profile -> profile.externalId().orElseThrow());
        field(
                "mfaSerial",
                role.with("mfaSerial", "arn:aws:iam::1:mfa/a"),
                "arn:aws:iam::1:mfa/a",
                profile -> profile.mfaSerial().orElseThrow());
        field(
                "mfaCode",
                role.withSecret("mfaCode", new Secret("123456")),
                new Secret("123456"),
                profile -> profile.mfaCode().orElseThrow());
        field(
                "caFile",
                BASE.with("caFile", "/etc/ca.pem"),
                Path.of("/etc/ca.pem"),
                profile -> profile.caFile().orElseThrow());
        field(
                "visibility",
                BASE.with("visibility", "5m"),
                Duration.ofMinutes(5),
                SqsProfile::visibility);
        field("poll", BASE.with("poll", "3s"), Duration.ofSeconds(3), SqsProfile::poll);
        field("metrics", BASE.with("metrics", "false"), false, SqsProfile::asksCloudWatch);
        field("topics", BASE.with("topics", "false"), false, SqsProfile::asksSns);
        field("timeout", BASE.with("timeout", "7s"), Duration.ofSeconds(7), SqsProfile::timeout);
    }

    @Test
    void every_field_is_read() {
        assertThat(ODD.keySet()).isEqualTo(new HashSet<>(SqsProfile.SCHEMA.names()));
        ODD.forEach(
                (name, settings) ->
                        assertThat(read(name).apply(new SqsProfile(settings)))
                                .as(name)
                                .isEqualTo(EXPECTED.get(name)));
    }

    @Test
    void secrets_are_asked_for_only_where_keys_sign_in() {
        assertThatThrownBy(() -> new SqsProfile(BASE.with("signIn", "KEYS")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Access key id");
        assertThat(new SqsProfile(BASE.with("awsProfile", "left over")).awsProfile()).isEmpty();
    }

    @Test
    void an_endpoint_that_is_no_address_is_refused_by_name() {
        assertThatThrownBy(() -> new SqsProfile(BASE.with("endpoint", "localhost:9324")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("localhost:9324");
    }

    @Test
    void times_outside_of_what_sqs_allows_are_brought_inside() {
        assertThat(new SqsProfile(BASE.with("visibility", "1s")).visibility())
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(new SqsProfile(BASE.with("poll", "5m")).poll())
                .isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void exported_variables_fill_the_form() {
        var pasted =
                PastedText.read(
                                """
                                export AWS_ACCESS_KEY_ID="ASIA123"
                                export AWS_SECRET_ACCESS_KEY="abc/def+ghi"
                                export AWS_SESSION_TOKEN="tok=="
                                export AWS_REGION=eu-west-1
                                """)
                        .orElseThrow();

        assertThat(pasted.values())
                .containsEntry("signIn", "KEYS")
                .containsEntry("accessKeyId", "ASIA123")
                .containsEntry("region", "eu-west-1");
        assertThat(pasted.secrets())
                .containsEntry("secretKey", new Secret("abc/def+ghi"))
                .containsEntry("sessionToken", new Secret("tok=="));
        assertThat(SqsProfile.SCHEMA.validate(pasted)).isEmpty();
    }

    @Test
    void a_section_of_the_shared_configuration_fills_the_form() {
        var pasted =
                PastedText.read(
                                """
                                [profile orders-prod]
                                sso_session = corp
                                sso_account_id = 123456789012
                                region = eu-central-1
                                [profile other]
                                region = us-east-1
                                """)
                        .orElseThrow();

        assertThat(pasted.values())
                .containsEntry("signIn", "PROFILE")
                .containsEntry("awsProfile", "orders-prod")
                .containsEntry("region", "eu-central-1");
    }

    @Test
    void the_name_of_a_shared_profile_a_queue_url_and_an_arn_are_understood() {
        assertThat(PastedText.read("orders-prod").orElseThrow().values())
                .containsEntry("awsProfile", "orders-prod")
                .containsEntry("signIn", "PROFILE");
        assertThat(
                        PastedText.read(
                                        "https://sqs.eu-central-1.amazonaws.com/123456789012/orders")
                                .orElseThrow()
                                .values())
                .containsEntry("region", "eu-central-1");
        assertThat(
                        PastedText.read("http://localhost:9324/000000000000/orders")
                                .orElseThrow()
                                .values())
                .containsEntry("endpoint", "http://localhost:9324");
        assertThat(
                        PastedText.read("arn:aws:sqs:us-east-1:123456789012:orders")
                                .orElseThrow()
                                .values())
                .containsEntry("region", "us-east-1");
    }
}
