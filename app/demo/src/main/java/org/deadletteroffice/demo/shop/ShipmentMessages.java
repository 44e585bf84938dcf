package org.deadletteroffice.demo.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeader;

/// Parcels to be sent: CloudEvents in structured mode.
public final class ShipmentMessages {
    private static final DateTimeFormatter GERMAN = DateTimeFormatter.ofPattern("dd.MM.yyyy");

    private final Shop shop;

    public ShipmentMessages(long seed) {
        shop = new Shop(seed);
    }

    public Message good(Instant at) {
        return event(request(at), at);
    }

    public Message germanDate(Instant at) {
        return event(request(at).put("pickup", GERMAN.format(dayAfter(at))), at);
    }

    public Message wrongPostcode(Instant at) {
        var request = request(at);
        var address = request.withObjectProperty("address");
        address.put("postcode", address.path("postcode").asText().substring(1));
        return event(request, at);
    }

    public Message unknownCarrier(Instant at) {
        return event(request(at).put("carrier", "DPD_EXPRESS"), at);
    }

    private ObjectNode request(Instant at) {
        var request =
                shop.object()
                        .put("orderId", shop.nextOrder())
                        .put("carrier", shop.one(List.of("DHL", "DPD", "GLS", "UPS")))
                        .put("pickup", dayAfter(at).toString());
        request.set("address", shop.address());
        request.putArray("parcels")
                .addObject()
                .put("weightGrams", 180 + shop.below(9000))
                .put("sku", shop.sku());
        return request;
    }

    private static LocalDate dayAfter(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC).plusDays(1);
    }

    private Message event(ObjectNode data, Instant at) {
        var id = data.path("orderId").asText();
        var event =
                shop.object()
                        .put("specversion", "1.0")
                        .put("id", shop.uuid())
                        .put("source", "/shop/fulfilment")
                        .put("type", "shipment.requested")
                        .put("subject", id)
                        .put("time", Shop.rfc3339(at))
                        .put("datacontenttype", "application/json");
        event.set("data", data);
        return new Message(
                        id.getBytes(UTF_8),
                        event.toString().getBytes(UTF_8),
                        List.of(
                                new RecordHeader(
                                        "content-type",
                                        "application/cloudevents+json; charset=UTF-8"
                                                .getBytes(UTF_8))))
                .with("traceparent", shop.traceparent());
    }
}
