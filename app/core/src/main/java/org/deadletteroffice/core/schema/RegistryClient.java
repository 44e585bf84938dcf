package org.deadletteroffice.core.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.deadletteroffice.core.schema.SchemaText.Kind;
import org.jspecify.annotations.Nullable;

/// Asks one schema registry, by Confluent's API (Schema Registry 7, also spoken by Karapace,
/// Redpanda and Apicurio) or Apicurio's own (version 3). Follows no redirect and no address that a
/// message names. Blocks for at most five seconds a request.
final class RegistryClient implements Schemas {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A schema that imports more is read without the rest.
    private static final int MOST_REFERENCES = 64;

    private static final int LARGEST = 4 << 20;

    private final RegistrySettings settings;
    private final HttpClient http;

    RegistryClient(RegistrySettings settings) throws IOException, GeneralSecurityException {
        this.settings = settings;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(settings.timeout())
                        .sslContext(RegistryTls.context(settings))
                        .build();
    }

    /// The registry gave no usable answer.
    ///
    /// @param lasting asking again soon gives the same
    private static final class NoAnswer extends Exception {
        private final boolean lasting;

        NoAnswer(String sentence, boolean lasting) {
            super(sentence);
            this.lasting = lasting;
        }
    }

    @Override
    public Answer find(SchemaRef ref) {
        try {
            return ask(ref).<Answer>map(Answer.Found::new)
                    .orElseGet(
                            () ->
                                    new Answer.Missing(
                                            "The schema registry %s does not know %s"
                                                    .formatted(settings.url(), ref.words())));
        } catch (NoAnswer none) {
            var message = none.getMessage();
            var reason = message == null ? "the schema registry did not answer" : message;
            return none.lasting ? new Answer.Missing(reason) : new Answer.Unreachable(reason);
        }
    }

    private Optional<SchemaText> ask(SchemaRef ref) throws NoAnswer {
        boolean apicurio = settings.kind() == RegistrySettings.Kind.APICURIO;
        return switch (ref) {
            case SchemaRef.Id(int id) when apicurio -> apicurio("/ids/contentIds/" + id, ref);
            case SchemaRef.Id(int id) -> confluent("/schemas/ids/" + id, ref);
            case SchemaRef.Guid(var id) -> confluent("/schemas/guids/" + id, ref);
            case SchemaRef.ApicurioGlobalId(long id) when apicurio ->
                    apicurio("/ids/globalIds/" + id, ref);
            case SchemaRef.ApicurioContentId(long id) when apicurio ->
                    apicurio("/ids/contentIds/" + id, ref);
            // Through Apicurio's compatible API, which counts by one of the two.
            case SchemaRef.ApicurioGlobalId(long id) -> confluent("/schemas/ids/" + id, ref);
            case SchemaRef.ApicurioContentId(long id) -> confluent("/schemas/ids/" + id, ref);
            case SchemaRef.Latest(var subject) when apicurio ->
                    apicurio(
                            "/groups/default/artifacts/%s/versions/branch=latest/content"
                                    .formatted(part(subject)),
                            ref);
            case SchemaRef.Latest(var subject) ->
                    confluent("/subjects/" + part(subject) + "/versions/latest", ref);
            case SchemaRef.GlueVersion _, SchemaRef.AvroFingerprint _, SchemaRef.Other _ ->
                    throw new NoAnswer(
                            "The schema registry cannot be asked for " + ref.words(), true);
        };
    }

    private Optional<SchemaText> confluent(String path, SchemaRef ref) throws NoAnswer {
        var answer = get(path);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        var json = json(answer.get().body());
        var references = new LinkedHashMap<String, String>();
        confluentReferences(json.path("references"), references);
        return Optional.of(
                new SchemaText(
                        kind(json.path("schemaType").asText("AVRO")),
                        json.path("schema").asText(),
                        references,
                        ref.words()));
    }

    private void confluentReferences(JsonNode list, Map<String, String> found) throws NoAnswer {
        for (var reference : list) {
            var name = reference.path("name").asText();
            if (found.containsKey(name) || found.size() >= MOST_REFERENCES) {
                continue;
            }
            var answer =
                    get(
                            "/subjects/%s/versions/%s"
                                    .formatted(
                                            part(reference.path("subject").asText()),
                                            part(reference.path("version").asText())));
            if (answer.isPresent()) {
                var json = json(answer.get().body());
                found.put(name, json.path("schema").asText());
                confluentReferences(json.path("references"), found);
            }
        }
    }

    private Optional<SchemaText> apicurio(String path, SchemaRef ref) throws NoAnswer {
        var answer = get(path);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        var references = new LinkedHashMap<String, String>();
        apicurioReferences(path.replaceAll("/content$", "") + "/references", references);
        // Documented, and sent by version 2; 3.3.3 was seen to leave it out.
        var named = answer.get().headers().firstValue("X-Registry-ArtifactType");
        var text = answer.get().body();
        return Optional.of(
                new SchemaText(
                        named.map(RegistryClient::kind).orElseGet(() -> guessed(text)),
                        text,
                        references,
                        ref.words()));
    }

    private void apicurioReferences(String path, Map<String, String> found) throws NoAnswer {
        var answer = get(path);
        if (answer.isEmpty()) {
            return;
        }
        for (var reference : json(answer.get().body())) {
            var name = reference.path("name").asText();
            if (found.containsKey(name) || found.size() >= MOST_REFERENCES) {
                continue;
            }
            var version =
                    "/groups/%s/artifacts/%s/versions/%s"
                            .formatted(
                                    part(reference.path("groupId").asText("default")),
                                    part(reference.path("artifactId").asText()),
                                    part(reference.path("version").asText()));
            var content = get(version + "/content");
            if (content.isPresent()) {
                found.put(name, content.get().body());
                apicurioReferences(version + "/references", found);
            }
        }
    }

    private static Kind kind(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "PROTOBUF" -> Kind.PROTOBUF;
            case "JSON" -> Kind.JSON;
            default -> Kind.AVRO;
        };
    }

    /// A registry that does not say: a `.proto` is no JSON, and JSON Schema names itself.
    private static Kind guessed(String text) {
        var begin = text.stripLeading();
        if (!begin.startsWith("{") && !begin.startsWith("\"") && !begin.startsWith("[")) {
            return Kind.PROTOBUF;
        }
        try {
            var json = JSON.readTree(text);
            boolean isJsonSchema =
                    json.has("$schema")
                            || json.has("properties")
                            || json.has("$ref")
                            || json.path("type").asText().equals("object");
            return isJsonSchema ? Kind.JSON : Kind.AVRO;
        } catch (JsonProcessingException notJson) {
            return Kind.AVRO;
        }
    }

    private static String part(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static JsonNode json(String body) throws NoAnswer {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            throw new NoAnswer("The schema registry answered with something that is no JSON", true);
        }
    }

    /// Empty for 404.
    private Optional<HttpResponse<String>> get(String path) throws NoAnswer {
        HttpResponse<String> response;
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(settings.url() + path))
                            .timeout(settings.timeout())
                            .header("Accept", "*/*");
            settings.authorization()
                    .ifPresent(secret -> request.header("Authorization", secret.reveal()));
            response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("Asking the schema registry was stopped", false);
        } catch (IOException unreachable) {
            throw new NoAnswer(
                    "The schema registry %s cannot be reached (%s)"
                            .formatted(settings.url(), words(unreachable)),
                    false);
        } catch (IllegalArgumentException noAddress) {
            throw new NoAnswer(
                    "The schema registry's address '%s' is none".formatted(settings.url()), true);
        }
        return checked(response);
    }

    private static String words(IOException failure) {
        if (failure instanceof HttpTimeoutException) {
            return "it did not answer in time";
        }
        if (failure instanceof ConnectException) {
            return "nothing answers there";
        }
        @Nullable String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private Optional<HttpResponse<String>> checked(HttpResponse<String> response) throws NoAnswer {
        return switch (response.statusCode()) {
            case 200 -> {
                if (response.body().length() > LARGEST) {
                    throw new NoAnswer("The schema is larger than 4 MiB", true);
                }
                yield Optional.of(response);
            }
            case 404 -> Optional.empty();
            case 401 ->
                    throw new NoAnswer(
                            "The schema registry %s does not accept the sign-in; correct it in"
                                            .formatted(settings.url())
                                    + " the profile",
                            false);
            case 403 ->
                    throw new NoAnswer(
                            "The schema registry %s forbids reading schemas; ask for the right to"
                                            .formatted(settings.url())
                                    + " read them",
                            false);
            default ->
                    throw new NoAnswer(
                            "The schema registry %s answered with status %s"
                                    .formatted(settings.url(), response.statusCode()),
                            false);
        };
    }
}
