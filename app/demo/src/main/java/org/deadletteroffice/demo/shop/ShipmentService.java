package org.deadletteroffice.demo.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.deadletteroffice.demo.style.Thrown;

/// Orders a parcel label from a carrier. Reads CloudEvents in structured mode.
public final class ShipmentService implements Service {
    public static final String GROUP = "shipment-svc";
    public static final String LISTENER =
            "public void com.northwind.shipping.ShipmentListener.onRequest"
                    + "(com.northwind.shipping.ShipmentRequested)";

    private static final Set<String> CARRIERS = Set.of("DHL", "DPD", "GLS", "UPS");
    private static final String LISTENER_FRAME =
            "com.northwind.shipping.ShipmentListener.onRequest(ShipmentListener.java:36)";
    private static final String PLANNER_FRAME =
            "com.northwind.shipping.ShipmentPlanner.plan(ShipmentPlanner.java:57)";

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public Optional<Thrown> process(ConsumerRecord<byte[], byte[]> record) {
        try {
            var event = record.value() == null ? null : json.readTree(record.value());
            return event == null || !event.path("data").isObject()
                    ? Optional.of(withoutData())
                    : ship(event.path("data"));
        } catch (IOException malformed) {
            return Optional.of(
                    Thrown.of(malformed)
                            .framesOf("com.fasterxml.")
                            .below(
                                    List.of(
                                            "com.northwind.shipping.EventReader.read"
                                                    + "(EventReader.java:44)",
                                            LISTENER_FRAME)));
        }
    }

    private static Optional<Thrown> ship(JsonNode request) {
        try {
            var _ = LocalDate.parse(request.path("pickup").asText());
        } catch (DateTimeParseException wrong) {
            return Optional.of(
                    Thrown.of(wrong)
                            .framesOf("java.base/")
                            .below(List.of(PLANNER_FRAME, LISTENER_FRAME)));
        }
        var carrier = request.path("carrier").asText();
        if (!CARRIERS.contains(carrier)) {
            return Optional.of(unknownCarrier(carrier));
        }
        var country = request.path("address").path("country").asText();
        var postcode = request.path("address").path("postcode").asText();
        return postcode.length() == (country.equals("DK") ? 4 : 5)
                ? Optional.empty()
                : Optional.of(notDeliverable(postcode, country));
    }

    /// What a request threw while the carrier was in maintenance.
    public static Thrown carrierUnavailable() {
        var template = "org.springframework.web.client.RestTemplate.";
        return new Thrown(
                "org.springframework.web.client.HttpServerErrorException$ServiceUnavailable",
                "503 Service Unavailable on POST request for"
                        + " \"https://api.carrier.example/v2/labels\":"
                        + " \"{\"error\":\"maintenance\"}\"",
                List.of(
                        "org.springframework.web.client.HttpServerErrorException.create"
                                + "(HttpServerErrorException.java:108)",
                        template + "handleResponse(RestTemplate.java:953)",
                        template + "doExecute(RestTemplate.java:902)",
                        template + "postForObject(RestTemplate.java:516)",
                        "com.northwind.shipping.carrier.LabelClient.order(LabelClient.java:66)",
                        PLANNER_FRAME,
                        LISTENER_FRAME));
    }

    private static Thrown withoutData() {
        return new Thrown(
                "io.cloudevents.rw.CloudEventRWException",
                "Invalid data type: a shipment request has an object as data",
                List.of(
                        "io.cloudevents.rw.CloudEventRWException.newInvalidDataType"
                                + "(CloudEventRWException.java:215)",
                        "com.northwind.shipping.EventReader.read(EventReader.java:49)",
                        LISTENER_FRAME));
    }

    private static Thrown unknownCarrier(String name) {
        return new Thrown(
                "java.lang.IllegalArgumentException",
                "No enum constant com.northwind.shipping.Carrier." + name,
                List.of(
                        "java.base/java.lang.Enum.valueOf(Enum.java:293)",
                        "com.northwind.shipping.Carrier.valueOf(Carrier.java:5)",
                        PLANNER_FRAME,
                        LISTENER_FRAME));
    }

    private static Thrown notDeliverable(String postcode, String country) {
        return new Thrown(
                "com.northwind.shipping.AddressNotDeliverableException",
                "postcode \"" + postcode + "\" does not exist in " + country,
                List.of(
                        "com.northwind.shipping.AddressCheck.verify(AddressCheck.java:71)",
                        PLANNER_FRAME,
                        LISTENER_FRAME));
    }
}
