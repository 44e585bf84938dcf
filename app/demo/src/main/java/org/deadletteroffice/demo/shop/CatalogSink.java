package org.deadletteroffice.demo.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.deadletteroffice.demo.style.ConnectStage;
import org.deadletteroffice.demo.style.ConnectStyle;
import org.deadletteroffice.demo.style.Thrown;
import org.jspecify.annotations.Nullable;

/// What a Kafka Connect sink into a search index does with a change of the catalog:
/// `JsonConverter`, then `Cast$Value` of `price` to `float64`, then the index. Deletions are
/// tombstones.
public final class CatalogSink implements Service {
    public static final String CONNECTOR = "catalog-search-sink";

    private static final String DATA_EXCEPTION = "org.apache.kafka.connect.errors.DataException";
    private static final String CAST = "org.apache.kafka.connect.transforms.Cast.";
    private static final String JSON = "org.apache.kafka.connect.json.";

    private static final ConnectStyle.Step CONVERTER =
            new ConnectStyle.Step(ConnectStage.VALUE_CONVERTER, JSON + "JsonConverter");
    private static final ConnectStyle.Step TRANSFORMATION =
            new ConnectStyle.Step(
                    ConnectStage.TRANSFORMATION, "org.apache.kafka.connect.transforms.Cast$Value");
    private static final ConnectStyle.Step PUT =
            new ConnectStyle.Step(ConnectStage.TASK_PUT, "org.apache.kafka.connect.sink.SinkTask");

    private static final String WRITER =
            "com.northwind.search.IndexWriter.put(IndexWriter.java:94)";

    private final ObjectMapper json = new ObjectMapper();
    private final String writer;

    public CatalogSink() {
        this(WRITER);
    }

    /// @param writer the frame in which the index refuses a document
    public CatalogSink(String writer) {
        this.writer = writer;
    }

    /// Where in the sink's chain an exception of [#process] came from.
    public static ConnectStyle.Step step(Thrown thrown) {
        var innermost = thrown.frames().getFirst();
        if (innermost.startsWith(JSON)) {
            return CONVERTER;
        }
        return innermost.startsWith(CAST) ? TRANSFORMATION : PUT;
    }

    @Override
    public Optional<Thrown> process(ConsumerRecord<byte[], byte[]> record) {
        JsonNode document;
        try {
            document = record.value() == null ? null : json.readTree(record.value());
        } catch (IOException malformed) {
            return Optional.of(notConverted(Thrown.of(malformed)));
        }
        if (document != null && document.path("price").isTextual()) {
            try {
                var _ = Double.parseDouble(document.path("price").textValue());
            } catch (NumberFormatException noNumber) {
                return Optional.of(notCast(document.path("price").textValue(), noNumber));
            }
        }
        var refusal = refusal(record.key(), document);
        return refusal == null
                ? Optional.empty()
                : Optional.of(new Thrown(DATA_EXCEPTION, refusal, List.of(writer)));
    }

    private static @Nullable String refusal(byte @Nullable [] key, @Nullable JsonNode document) {
        if (document == null) {
            return key == null ? "a document without a key cannot be deleted" : null;
        }
        return document.has("sku")
                ? null
                : "document '"
                        + (key == null ? "" : new String(key, UTF_8))
                        + "' has no field 'sku'";
    }

    private static Thrown notConverted(Thrown parse) {
        var caller = JSON + "JsonConverter.toConnectData(JsonConverter.java:346)";
        var serialization =
                new Thrown(
                        "org.apache.kafka.common.errors.SerializationException",
                        parse.toString(),
                        List.of(
                                JSON + "JsonDeserializer.deserialize(JsonDeserializer.java:74)",
                                caller));
        return new Thrown(
                        DATA_EXCEPTION,
                        "Converting byte[] to Kafka Connect data failed due to serialization error: ",
                        List.of(JSON + "JsonConverter.toConnectData(JsonConverter.java:348)"))
                .causedBy(
                        serialization.causedBy(
                                parse.framesOf("com.fasterxml.")
                                        .below(
                                                List.of(
                                                        JSON
                                                                + "JsonDeserializer.deserialize"
                                                                + "(JsonDeserializer.java:72)",
                                                        caller))));
    }

    private static Thrown notCast(String price, NumberFormatException cause) {
        var outer = List.of(CAST + "applySchemaless(Cast.java:162)", CAST + "apply(Cast.java:137)");
        return new Thrown(
                        DATA_EXCEPTION,
                        "Value (" + price + ") was out of range for requested data type",
                        List.of(CAST + "castValueToType(Cast.java:285)"))
                .causedBy(
                        Thrown.of(cause)
                                .framesOf("java.base/")
                                .below(
                                        List.of(
                                                CAST + "castToFloat64(Cast.java:350)",
                                                CAST + "castValueToType(Cast.java:279)")))
                .below(outer);
    }
}
