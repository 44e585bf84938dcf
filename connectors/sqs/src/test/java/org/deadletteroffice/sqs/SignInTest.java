package org.deadletteroffice.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.deadletteroffice.fixtures.Certificates;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.deadletteroffice.sqs.AwsStandIn.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;

/// How a profile gets its credentials, and how it is known who answers.
class SignInTest {
    private static final QueueRef QUEUE = new QueueRef("aws", "orders-dlq", QueueKind.QUEUE);
    private static final String ROLE = "arn:aws:iam::123456789012:role/operator";

    private AwsStandIn aws;

    @BeforeEach
    void start() throws Exception {
        aws = new AwsStandIn();
        System.setProperty("aws.accessKeyId", "AKIABASE");
        System.setProperty("aws.secretAccessKey", "base");
    }

    @AfterEach
    void stop() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        aws.close();
    }

    private Settings role() {
        return aws.settings()
                .with("signIn", "ROLE")
                .with("roleArn", ROLE)
                .with("mfaSerial", "arn:aws:iam::123456789012:mfa/alice")
                .withSecret("mfaCode", new Secret("123456"));
    }

    private static Answer refused(String code, String message) {
        return new Answer(
                403,
                "",
                "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>"
                        .formatted(code, message));
    }

    @Test
    void a_role_is_assumed_with_its_external_id_and_mfa_code() throws Exception {
        aws.answer(
                "AssumeRole",
                request -> {
                    assertThat(request.members())
                            .containsEntry("RoleArn", ROLE)
                            .containsEntry("ExternalId", "shop")
                            .containsEntry("SerialNumber", "arn:aws:iam::123456789012:mfa/alice")
                            .containsEntry("TokenCode", "123456");
                    return Answer.ok(
                            """
                            <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
                              <Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
                            </AssumeRoleResult></AssumeRoleResponse>
                            """);
                });
        try (var connection = new SqsConnector().open("aws", role().with("externalId", "shop"))) {
            assertThat(connection.queue(QUEUE).ref()).isEqualTo(QUEUE);
        }
        assertThat(aws.asked("AssumeRole")).hasSize(1);
    }

    @Test
    void a_code_that_was_used_before_is_asked_for_anew() {
        aws.answer(
                "AssumeRole",
                refused(
                        "AccessDenied",
                        "MultiFactorAuthentication failed with invalid MFA one time pass code."));

        try (var connection = new SqsConnector().open("aws", role())) {
            assertThatThrownBy(() -> connection.queue(QUEUE))
                    .isInstanceOfSatisfying(
                            BrokerException.NotAuthenticated.class,
                            told -> {
                                assertThat(told.sentence()).contains("MFA");
                                assertThat(told.remedy()).isEqualTo(new Remedy.Edit("mfaCode"));
                            });
        }
    }

    @Test
    void a_role_that_may_not_be_assumed_is_named_with_the_right_that_is_missing() {
        aws.answer(
                "AssumeRole",
                refused(
                        "AccessDenied",
                        "User: arn:aws:iam::123456789012:user/bob is not authorized to perform: sts:AssumeRole on resource: "
                                + ROLE));

        try (var connection = new SqsConnector().open("aws", role())) {
            assertThatThrownBy(() -> connection.queue(QUEUE))
                    .isInstanceOfSatisfying(
                            BrokerException.NotAuthorized.class,
                            told ->
                                    assertThat(told.remedy())
                                            .isEqualTo(
                                                    new Remedy.Grant("sts:AssumeRole on " + ROLE)));
        }
    }

    /// As the step *Sign-in* of the checks asks, which is left out where an endpoint is given.
    @Test
    void who_signs_in_is_asked_of_sts() throws Exception {
        aws.answer(
                "GetCallerIdentity",
                Answer.ok(
                        """
                        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
                          <Arn>arn:aws:iam::123456789012:user/bob</Arn><UserId>AIDA</UserId><Account>123456789012</Account>
                        </GetCallerIdentityResult></GetCallerIdentityResponse>
                        """));
        try (var account = new Account(new SqsProfile(aws.settings()))) {
            var caller =
                    account.calls()
                            .call(
                                    Act.signingIn(),
                                    () -> account.clients().sts().getCallerIdentity());
            assertThat(caller.account()).isEqualTo("123456789012");
        }
    }

    /// As the SDK words it, which reads the tokens that the CLI keeps.
    @Test
    void a_sign_in_of_the_shared_configuration_that_ran_out_names_the_command_that_renews_it() {
        var profile =
                new SqsProfile(
                        Settings.of(
                                Map.of(
                                        "region", "eu-central-1",
                                        "signIn", "PROFILE",
                                        "awsProfile", "ops")));

        var told =
                new SqsErrors(profile)
                        .of(
                                SdkClientException.create(
                                        "The SSO session associated with this profile has expired or is otherwise invalid."),
                                Act.listing());

        assertThat(told)
                .isInstanceOf(BrokerException.NotAuthenticated.class)
                .hasMessageContaining("the profile ops has expired");
        assertThat(told.remedy().sentence()).contains("aws sso login --profile ops");
    }

    @Test
    void a_region_that_is_none_is_to_be_corrected() {
        var profile = new SqsProfile(Settings.of(Map.of("region", "eu-nowhere-1")));

        var told =
                new SqsErrors(profile)
                        .of(
                                SdkClientException.create(
                                        "no",
                                        new UnknownHostException("sqs.eu-nowhere-1.amazonaws.com")),
                                Act.listing());

        assertThat(told)
                .isInstanceOf(BrokerException.Unreachable.class)
                .hasMessageContaining("eu-nowhere-1");
        assertThat(told.remedy()).isEqualTo(new Remedy.Edit("region"));
    }

    @Test
    void each_partition_has_its_own_domain() {
        assertThat(asked("eu-central-1")).isEqualTo("https://sqs.eu-central-1.amazonaws.com");
        assertThat(asked("cn-north-1")).isEqualTo("https://sqs.cn-north-1.amazonaws.com.cn");
    }

    private static String asked(String region) {
        try (var account = new Account(new SqsProfile(Settings.of(Map.of("region", region))))) {
            return account.clients().address().toString();
        }
    }

    @Test
    void an_endpoint_is_trusted_that_an_authority_of_the_profile_s_file_vouches_for(
            @TempDir Path folder) throws Exception {
        var certificates = new Certificates(folder);
        var secured = secured(certificates.identity("aws", "localhost"));
        var untrusting =
                aws.settings()
                        .with("endpoint", "https://localhost:" + secured.getAddress().getPort());
        var trusting = untrusting.with("caFile", certificates.certificatePem("aws").toString());
        try (var trusted = new SqsConnector().open("aws", trusting);
                var stranger = new SqsConnector().open("aws", untrusting)) {
            assertThat(trusted.queues()).isEmpty();
            assertThatThrownBy(stranger::queues)
                    .isInstanceOfSatisfying(
                            BrokerException.Unreachable.class,
                            told -> assertThat(told.remedy()).isEqualTo(new Remedy.Edit("caFile")));
        } finally {
            secured.stop(0);
        }
    }

    /// Has no queues.
    private static HttpsServer secured(Path identity) throws Exception {
        var password = Certificates.PASSWORD.toCharArray();
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(identity.toFile(), password), password);
        var context = SSLContext.getInstance("TLS");
        context.init(Objects.requireNonNull(keys.getKeyManagers()), null, null);
        var server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        exchange.getRequestBody().readAllBytes();
                        var none = "{\"QueueUrls\":[]}".getBytes(StandardCharsets.UTF_8);
                        exchange.getResponseHeaders()
                                .set("Content-Type", "application/x-amz-json-1.0");
                        exchange.sendResponseHeaders(200, none.length);
                        exchange.getResponseBody().write(none);
                    }
                });
        server.start();
        return server;
    }
}
