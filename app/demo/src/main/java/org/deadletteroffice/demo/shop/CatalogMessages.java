package org.deadletteroffice.demo.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// Changes of articles: JSON, or what other writers left in the topic.
public final class CatalogMessages {
    /// The number a registry would have given the schema of [#avro].
    public static final int SCHEMA_ID = 41;

    private final Shop shop;

    public CatalogMessages(long seed) {
        shop = new Shop(seed);
    }

    public Message good(Instant at) {
        return json(article(at));
    }

    public Message commaPrice(Instant at) {
        var article = article(at);
        return json(article.put("price", article.path("price").asText().replace('.', ',')));
    }

    public Message withoutSku(Instant at) {
        var article = article(at);
        var key = article.path("sku").asText();
        article.remove("sku");
        return Message.json(key, article.put("articleNo", key).toString());
    }

    public Message cutOff(Instant at) {
        var whole = article(at);
        var text = whole.toString();
        return Message.json(whole.path("sku").asText(), text.substring(0, text.length() / 2));
    }

    public Message compressed(Instant at) {
        var article = article(at);
        return new Message(
                        article.path("sku").asText().getBytes(UTF_8),
                        gzip(article.toString()),
                        List.of())
                .with("content-type", "application/json")
                .with("content-encoding", "gzip");
    }

    /// `{sku: string, name: string, price: double, stock: int, changedAt: long}` in a schema
    /// registry's frame.
    public Message avro(Instant at) {
        var article = article(at);
        var sku = article.path("sku").asText();
        var value =
                new AvroBytes(SCHEMA_ID)
                        .string(sku)
                        .string(article.path("name").asText())
                        .number(article.path("price").asDouble())
                        .number(article.path("stock").asLong())
                        .number(at.toEpochMilli())
                        .toByteArray();
        return new Message(sku.getBytes(UTF_8), value, List.of()).with("writer", "catalog-etl/3.2");
    }

    /// A tombstone that names nothing to delete.
    public Message deletionOfNothing(Instant at) {
        return new Message(null, null, List.of())
                .with("writer", "catalog-cleanup/1.0")
                .with("run-at", Shop.rfc3339(at));
    }

    private Message json(ObjectNode article) {
        return Message.json(article.path("sku").asText(), article.toString())
                .with("traceparent", shop.traceparent());
    }

    private ObjectNode article(Instant at) {
        return shop.object()
                .put("sku", shop.sku())
                .put("name", shop.one(List.of("Keyboard", "Mouse", "Headset", "Cable", "Monitor")))
                .put("price", shop.price())
                .put("currency", "EUR")
                .put("stock", shop.below(400))
                .put("changedAt", Shop.rfc3339(at));
    }

    static byte[] gzip(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
