package org.deadletteroffice.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.deadletteroffice.core.schema.SchemaText.Kind;
import org.deadletteroffice.core.schema.Schemas.Answer;
import org.deadletteroffice.spi.profile.Field;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemasTest {
    private static final UUID GUID = UUID.fromString("7a1c2f6e-93a0-4b52-9d5e-0f6a4a1b2c3d");

    private RegistryStandIn registry;

    @BeforeEach
    void start() throws IOException {
        registry = new RegistryStandIn();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void confluent_is_asked_by_id_and_guid_with_what_it_imports() {
        registry.has(
                        "/schemas/ids/41",
                        "{\"schema\":\"message A {}\",\"schemaType\":\"PROTOBUF\",\"references\":[{\"name\":\"b.proto\",\"subject\":\"b/x\",\"version\":2}]}")
                .has(
                        "/subjects/b%2Fx/versions/2",
                        "{\"schema\":\"message B {}\",\"references\":[{\"name\":\"c.proto\",\"subject\":\"c\",\"version\":1}]}")
                .has("/subjects/c/versions/1", "{\"schema\":\"message C {}\"}")
                .has("/schemas/guids/" + GUID, "{\"schema\":\"\\\"string\\\"\"}");
        var schemas = Schemas.of(confluent());

        assertThat(found(schemas, new SchemaRef.Id(41)))
                .isEqualTo(
                        new SchemaText(
                                Kind.PROTOBUF,
                                "message A {}",
                                Map.of("b.proto", "message B {}", "c.proto", "message C {}"),
                                "schema id 41"));
        assertThat(found(schemas, new SchemaRef.Guid(GUID)).kind()).isEqualTo(Kind.AVRO);
        assertThat(missing(schemas, new SchemaRef.Id(42))).contains("does not know schema id 42");
        assertThat(missing(schemas, new SchemaRef.GlueVersion(GUID))).contains("cannot be asked");
    }

    @Test
    void the_latest_of_a_subject_is_asked_for_by_its_name() {
        registry.has(
                        "/subjects/orders-value/versions/latest",
                        "{\"subject\":\"orders-value\",\"version\":3,\"id\":43,\"schema\":\"\\\"long\\\"\"}")
                .has(
                        "/v3/groups/default/artifacts/orders-value/versions/branch=latest/content",
                        "{\"type\":\"object\",\"properties\":{}}")
                .has(
                        "/v3/groups/default/artifacts/orders-value/versions/branch=latest/references",
                        "[]");
        var latest = new SchemaRef.Latest("orders-value");

        assertThat(found(Schemas.of(confluent()), latest).text()).isEqualTo("\"long\"");
        assertThat(missing(Schemas.of(confluent()), new SchemaRef.Latest("other")))
                .contains("does not know the latest schema of other");
        var apicurio =
                Schemas.of(
                        confluent()
                                .with("registry", "APICURIO")
                                .with("registryUrl", registry.url() + "/v3"));
        assertThat(found(apicurio, latest).kind()).isEqualTo(Kind.JSON);
    }

    @Test
    void the_latest_is_asked_for_again_and_a_numbered_one_is_not() {
        var now = new AtomicLong();
        var asked = new AtomicInteger();
        var cached =
                new CachedSchemas(
                        _ -> {
                            asked.incrementAndGet();
                            return new Answer.Found(
                                    new SchemaText(Kind.JSON, "{}", Map.of(), "any"));
                        },
                        now::get);
        for (int i = 0; i < 3; i++) {
            cached.find(new SchemaRef.Latest("s"));
            cached.find(new SchemaRef.Id(7));
            now.addAndGet(java.time.Duration.ofSeconds(31).toNanos());
        }
        assertThat(asked).hasValue(4);
    }

    @Test
    void apicurio_is_asked_by_its_own_api() {
        registry.hasArtifact("/v3/ids/globalIds/7", "AVRO", "\"string\"")
                .has("/v3/ids/globalIds/7/references", "[]")
                .hasArtifact("/v3/ids/contentIds/8", "PROTOBUF", "import \"m.proto\";")
                .has(
                        "/v3/ids/contentIds/8/references",
                        "[{\"groupId\":\"g\",\"artifactId\":\"m\",\"version\":\"1\",\"name\":\"m.proto\"}]")
                .has("/v3/groups/g/artifacts/m/versions/1/content", "message M {}");
        var schemas =
                Schemas.of(
                        confluent()
                                .with("registry", "APICURIO")
                                .with("registryUrl", registry.url() + "/v3/"));

        assertThat(found(schemas, new SchemaRef.ApicurioGlobalId(7)).kind()).isEqualTo(Kind.AVRO);
        assertThat(found(schemas, new SchemaRef.Id(8)).references())
                .isEqualTo(Map.of("m.proto", "message M {}"));
    }

    @Test
    void signs_in_as_the_profile_says() {
        registry.has("/schemas/ids/1", "{\"schema\":\"x\"}").demands("Basic dTpw");
        var basic =
                confluent()
                        .with("registrySignIn", "BASIC")
                        .with("registryUser", "u")
                        .withSecret("registryPassword", new Secret("p"));
        var bearer =
                confluent()
                        .with("registrySignIn", "BEARER")
                        .withSecret("registryToken", new Secret("t"));

        assertThat(found(Schemas.of(basic), new SchemaRef.Id(1)).text()).isEqualTo("x");
        assertThat(missing(Schemas.of(bearer), new SchemaRef.Id(1))).contains("sign-in");
        registry.demands("Bearer t");
        assertThat(found(Schemas.of(bearer), new SchemaRef.Id(1)).text()).isEqualTo("x");
    }

    @Test
    void what_is_found_is_asked_once() {
        registry.has("/schemas/ids/1", "{\"schema\":\"x\"}");
        var schemas = Schemas.of(confluent());
        for (int i = 0; i < 100; i++) {
            found(schemas, new SchemaRef.Id(1));
            missing(schemas, new SchemaRef.Id(2));
        }

        assertThat(registry.asked()).containsExactly("/schemas/ids/1", "/schemas/ids/2");
    }

    @Test
    void a_registry_that_is_gone_is_asked_again_after_a_while() {
        var asked = new AtomicInteger();
        var now = new AtomicLong();
        var schemas =
                new CachedSchemas(
                        _ -> {
                            asked.incrementAndGet();
                            return new Answer.Unreachable("gone");
                        },
                        now::get);
        for (int i = 0; i < 100; i++) {
            schemas.find(new SchemaRef.Id(i));
        }
        assertThat(asked).hasValue(1);
        now.addAndGet(31_000_000_000L);
        schemas.find(new SchemaRef.Id(1));
        assertThat(asked).hasValue(2);
    }

    @Test
    void an_unreachable_registry_is_told() {
        var settings = confluent();
        registry.close();

        assertThat(missing(Schemas.of(settings), new SchemaRef.Id(1)))
                .contains("cannot be reached");
        assertThat(
                        missing(
                                Schemas.of(settings.with("registryUrl", "no address")),
                                new SchemaRef.Id(1)))
                .contains("'no address'");
        assertThat(
                        missing(
                                Schemas.of(settings.with("registryTrust", "/not/there.pem")),
                                new SchemaRef.Id(1)))
                .contains("certificates");
    }

    @Test
    void files_go_before_the_registry(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("41.avsc"), "\"long\"");
        Files.write(folder.resolve("default.desc"), new byte[] {1, 2});
        registry.has("/schemas/ids/42", "{\"schema\":\"x\"}");
        var schemas = Schemas.of(confluent().with("schemaFolder", folder.toString()));

        assertThat(found(schemas, new SchemaRef.Id(41)).text()).isEqualTo("\"long\"");
        assertThat(found(schemas, new SchemaRef.Id(42)).text()).isEqualTo("x");
        assertThat(found(schemas, new SchemaRef.Other("not named")).kind())
                .isEqualTo(Kind.PROTOBUF);
        assertThat(registry.asked()).containsExactly("/schemas/ids/42");
    }

    @Test
    void its_fields_stand_beside_the_brokers_and_apart_from_them() {
        var schema = RegistrySettings.beside(ProfileSchema.of(Field.text("host", "Host")));
        var both = confluent().with("host", "h").withSecret("registryToken", new Secret("t"));

        assertThat(schema.validate(both)).isEmpty();
        assertThat(RegistrySettings.without(both)).isEqualTo(Settings.of(Map.of("host", "h")));
        assertThat(RegistrySettings.only(both).values()).doesNotContainKey("host");
        assertThat(schema.validate(both.with("registryUrl", ""))).hasSize(1);
    }

    private Settings confluent() {
        return Settings.of(Map.of("registry", "CONFLUENT", "registryUrl", registry.url()));
    }

    private static SchemaText found(Schemas schemas, SchemaRef ref) {
        return ((Answer.Found) schemas.find(ref)).schema();
    }

    private static String missing(Schemas schemas, SchemaRef ref) {
        return switch (schemas.find(ref)) {
            case Answer.Missing(var reason) -> reason;
            case Answer.Unreachable(var reason) -> reason;
            case Answer.Found _ -> throw new AssertionError("found");
        };
    }
}
