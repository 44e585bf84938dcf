package org.deadletteroffice.sqs;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.schema.SchemaService;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonWriter;

/// Glue's GetSchemaVersion, in its protocol (JSON 1.1) and signed by the SDK's own signer: the
/// SDK's client for all of Glue would be 9 MB for this one question.
final class GlueLookup implements SchemaService.Lookup {
    /// A page of messages waits for it.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int LARGEST = 4 << 20;
    private static final String ACTION = "glue:GetSchemaVersion";

    private final SqsProfile profile;
    private final String registry;
    private final SqsErrors errors;
    private final Calls calls;

    /// Lives as long as the program: what it keeps open is one idle connection.
    private final Clients clients;

    GlueLookup(SqsProfile profile, String registry) {
        this.profile = profile;
        this.registry = registry;
        this.errors = new SqsErrors(profile, "Glue", profile.endpoint());
        this.calls = new Calls(errors, PATIENCE);
        this.clients = new Clients(profile);
    }

    @Override
    public Optional<SchemaService.Schema> version(UUID id) throws BrokerException {
        return ask(
                "the schema version " + id,
                json -> json.writeFieldName("SchemaVersionId").writeValue(id.toString()));
    }

    @Override
    public Optional<SchemaService.Schema> latest(String name) throws BrokerException {
        return ask(
                "the latest schema of " + name,
                json ->
                        json.writeFieldName("SchemaId")
                                .writeStartObject()
                                .writeFieldName("RegistryName")
                                .writeValue(registry)
                                .writeFieldName("SchemaName")
                                .writeValue(name)
                                .writeEndObject()
                                .writeFieldName("SchemaVersionNumber")
                                .writeStartObject()
                                .writeFieldName("LatestVersion")
                                .writeValue(true)
                                .writeEndObject());
    }

    private Optional<SchemaService.Schema> ask(String what, Consumer<JsonWriter> question)
            throws BrokerException {
        var act = new Act(ACTION, "asking Glue for " + what, null);
        var json = JsonWriter.create().writeStartObject();
        question.accept(json);
        var body = json.writeEndObject().getBytes();
        return calls.call(act, () -> answer(body, act));
    }

    private Optional<SchemaService.Schema> answer(byte[] body, Act act)
            throws BrokerException, IOException {
        var region = clients.region();
        var request =
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.POST)
                        .uri(profile.endpoint().orElseGet(() -> Clients.address("glue", region)))
                        .encodedPath("/")
                        .putHeader("Content-Type", "application/x-amz-json-1.1")
                        .putHeader("X-Amz-Target", "AWSGlue.GetSchemaVersion")
                        .build();
        var response = clients.signed(request, body, "glue", region);
        try (var in = response.responseBody().orElseGet(() -> AbortableInputStream.createEmpty())) {
            var text = in.readNBytes(LARGEST + 1);
            if (text.length > LARGEST) {
                in.abort();
                throw new BrokerException.TooLarge(
                        "The schema is larger than 4 MiB.",
                        LARGEST,
                        new Remedy.Advice("Put it into the folder of schema files."),
                        null);
            }
            return read(response.httpResponse(), parsed(text), act);
        }
    }

    private Optional<SchemaService.Schema> read(SdkHttpResponse answer, JsonNode json, Act act)
            throws BrokerException {
        if (answer.isSuccessful()) {
            var definition = member(json, "SchemaDefinition");
            return definition.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new SchemaService.Schema(member(json, "DataFormat"), definition));
        }
        var type = member(json, "__type");
        var code = type.substring(type.lastIndexOf('#') + 1);
        if (code.equals("EntityNotFoundException")) {
            return Optional.empty();
        }
        var message = member(json, "Message");
        throw errors.byCode(
                code,
                message.isEmpty() ? member(json, "message") : message,
                answer.statusCode(),
                act,
                null);
    }

    /// Empty for what is no JSON: a proxy's page.
    private static JsonNode parsed(byte[] body) {
        try {
            return JsonNode.parser().parse(body);
        } catch (RuntimeException noJson) {
            return JsonNode.emptyObjectNode();
        }
    }

    private static String member(JsonNode json, String name) {
        return json.isObject()
                ? json.field(name).filter(JsonNode::isString).map(JsonNode::text).orElse("")
                : "";
    }
}
