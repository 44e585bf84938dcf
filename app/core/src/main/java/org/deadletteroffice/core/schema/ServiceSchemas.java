package org.deadletteroffice.core.schema;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.deadletteroffice.core.schema.SchemaText.Kind;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.schema.SchemaService;
import org.deadletteroffice.spi.schema.SchemaService.Schema;

/// Asks a registry that is on the class path.
///
/// @param kind as the profile names it
record ServiceSchemas(String kind, SchemaService.Lookup lookup) implements Schemas {
    @Override
    public Answer find(SchemaRef ref) {
        try {
            return switch (ref) {
                case SchemaRef.GlueVersion(var id) -> answer(ref, lookup.version(id));
                case SchemaRef.Latest(var subject) -> answer(ref, lookup.latest(subject));
                case SchemaRef.Id _,
                        SchemaRef.Guid _,
                        SchemaRef.ApicurioGlobalId _,
                        SchemaRef.ApicurioContentId _,
                        SchemaRef.AvroFingerprint _,
                        SchemaRef.Other _ ->
                        new Answer.Missing(
                                "The schema registry %s cannot be asked for %s"
                                        .formatted(kind, ref.words()));
            };
        } catch (BrokerException untold) {
            // Also what a right or a sign-in would mend: it may be there in a minute.
            return new Answer.Unreachable(untold.sentence().replaceAll("\\.$", ""));
        }
    }

    private Answer answer(SchemaRef ref, Optional<Schema> found) {
        return found.<Answer>map(
                        schema ->
                                new Answer.Found(
                                        new SchemaText(
                                                format(schema),
                                                schema.text(),
                                                Map.of(),
                                                ref.words())))
                .orElseGet(
                        () ->
                                new Answer.Missing(
                                        "The schema registry %s does not know %s"
                                                .formatted(kind, ref.words())));
    }

    private static Kind format(Schema schema) {
        return switch (schema.format().toUpperCase(Locale.ROOT)) {
            case "PROTOBUF" -> Kind.PROTOBUF;
            case "JSON" -> Kind.JSON;
            default -> Kind.AVRO;
        };
    }
}
