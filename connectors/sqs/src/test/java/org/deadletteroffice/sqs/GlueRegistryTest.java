package org.deadletteroffice.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.deadletteroffice.fixtures.sqs.GlueStandIn;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.profile.Field;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.deadletteroffice.spi.schema.SchemaService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GlueRegistryTest {
    private static final UUID ID = UUID.fromString("b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63");

    private GlueStandIn glue;

    @BeforeEach
    void start() throws IOException {
        glue = new GlueStandIn("eu-west-1");
    }

    @AfterEach
    void stop() {
        glue.close();
    }

    private Settings settings() {
        return Settings.of(
                        Map.of(
                                "glueRegion",
                                "eu-west-1",
                                "glueSignIn",
                                "KEYS",
                                "glueAccessKeyId",
                                GlueStandIn.ACCESS_KEY,
                                "glueEndpoint",
                                glue.endpoint().toString()))
                .withSecret("glueSecretKey", new Secret(GlueStandIn.SECRET_KEY));
    }

    private SchemaService.Lookup lookup() {
        return new GlueRegistry().open(settings());
    }

    @Test
    void a_version_is_asked_for_by_its_id() throws BrokerException {
        glue.has(ID.toString(), "AVRO", "{\"type\":\"record\",\"name\":\"Ör\",\"fields\":[]}");

        assertThat(lookup().version(ID))
                .contains(
                        new SchemaService.Schema(
                                "AVRO", "{\"type\":\"record\",\"name\":\"Ör\",\"fields\":[]}"));
        assertThat(lookup().version(new UUID(1, 2))).isEmpty();
        assertThat(glue.asked()).containsExactly(ID.toString(), new UUID(1, 2).toString());
    }

    @Test
    void the_latest_is_asked_for_by_name_in_the_registry_of_the_profile() throws BrokerException {
        glue.has(ID.toString(), "PROTOBUF", "message Order {}");
        glue.hasLatest("default-registry", "orders \"x\"", ID.toString());
        glue.hasLatest("team", "orders", ID.toString());

        assertThat(lookup().latest("orders \"x\"")).isPresent();
        assertThat(
                        new GlueRegistry()
                                .open(settings().with("glueRegistry", "team"))
                                .latest("orders"))
                .isPresent();
        assertThat(lookup().latest("orders")).isEmpty();
    }

    @Test
    void a_missing_right_a_wrong_sign_in_and_a_throttle_are_told_apart() {
        glue.refuse(
                400,
                "AccessDeniedException",
                "User: bob is not authorized to perform: glue:GetSchemaVersion on resource: arn:aws:glue:eu-west-1:1:registry/*");
        assertThatThrownBy(() -> lookup().version(ID))
                .isInstanceOf(BrokerException.NotAuthorized.class)
                .hasMessageContaining("glue:GetSchemaVersion");
        glue.refuse(400, "UnrecognizedClientException", "The security token is invalid.");
        assertThatThrownBy(() -> lookup().version(ID))
                .isInstanceOf(BrokerException.NotAuthenticated.class);
        glue.refuse(400, "ThrottlingException", "Rate exceeded");
        assertThatThrownBy(() -> lookup().version(ID))
                .isInstanceOf(BrokerException.Throttled.class);
        glue.refuse(503, "ServiceUnavailable", "");
        assertThatThrownBy(() -> lookup().version(ID))
                .isInstanceOf(BrokerException.Unreachable.class);
    }

    @Test
    void nobody_answers() {
        var settings = settings().with("glueEndpoint", "http://127.0.0.1:1");

        assertThatThrownBy(() -> new GlueRegistry().open(settings).version(ID))
                .isInstanceOf(BrokerException.Unreachable.class)
                .hasMessageContaining("http://127.0.0.1:1");
    }

    @Test
    void its_fields_are_those_that_it_reads() {
        var schema = ProfileSchema.of(new GlueRegistry().fields().toArray(Field[]::new));

        assertThat(schema.validate(settings())).isEmpty();
        assertThat(schema.validate(settings().with("glueRegion", ""))).hasSize(1);
        assertThatThrownBy(
                        () -> new GlueRegistry().open(settings().with("glueEndpoint", "nowhere")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
