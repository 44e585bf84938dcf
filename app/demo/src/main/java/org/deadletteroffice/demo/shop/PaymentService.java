package org.deadletteroffice.demo.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.deadletteroffice.demo.style.Thrown;

/// Books the payment of an order. Knows `coupon`, and nothing yet of its successor `couponV2`.
public final class PaymentService implements Service {
    public static final String GROUP = "payment-svc";
    public static final String LISTENER =
            "public void com.northwind.payments.PaymentListener.onOrder"
                    + "(org.springframework.messaging.Message<byte[]>)";

    private static final Set<String> CURRENCIES =
            Currency.availableCurrencies()
                    .map(Currency::getCurrencyCode)
                    .collect(Collectors.toUnmodifiableSet());
    private static final String LISTENER_FRAME =
            "com.northwind.payments.PaymentListener.onOrder(PaymentListener.java:41)";
    private static final String GATEWAY_FRAME =
            "com.northwind.payments.PaymentService.book(PaymentService.java:73)";

    private final ObjectMapper json = new ObjectMapper();
    private final Clock clock;

    public PaymentService(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Optional<Thrown> process(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.of(withoutOrder());
        }
        try {
            return book(json.readTree(record.value()));
        } catch (IOException malformed) {
            return Optional.of(
                    Thrown.of(malformed)
                            .framesOf("com.fasterxml.")
                            .below(
                                    List.of(
                                            "com.northwind.payments.PaymentListener.read"
                                                    + "(PaymentListener.java:58)",
                                            LISTENER_FRAME)));
        }
    }

    private Optional<Thrown> book(JsonNode order) {
        if (!order.isObject()) {
            return Optional.of(withoutOrder());
        }
        if (order.has("couponV2")) {
            return Optional.of(unknownField());
        }
        if (!order.path("shipTo").isObject()) {
            return Optional.of(withoutAddress());
        }
        var currency = order.path("currency").asText();
        if (!CURRENCIES.contains(currency)) {
            return Optional.of(unknownCurrency(currency));
        }
        var expires = order.path("card").path("expires").asText();
        return expires.compareTo(YearMonth.now(clock).toString()) < 0
                ? Optional.of(declined())
                : Optional.empty();
    }

    /// What a booking threw while the ledger did not answer.
    public static Thrown ledgerTimeout() {
        var template = "org.springframework.web.client.RestTemplate.";
        var client = "org.apache.hc.client5.http.impl.";
        var calls =
                List.of(
                        template + "execute(RestTemplate.java:801)",
                        template + "postForObject(RestTemplate.java:516)",
                        "com.northwind.payments.LedgerClient.post(LedgerClient.java:52)",
                        GATEWAY_FRAME,
                        LISTENER_FRAME);
        var timeout =
                new Thrown(
                        "java.net.SocketTimeoutException",
                        "ledger:8443 timed out after 5000 ms",
                        List.of(
                                "java.base/sun.nio.ch.NioSocketImpl.timedRead(NioSocketImpl.java:278)",
                                "java.base/sun.nio.ch.NioSocketImpl.implRead(NioSocketImpl.java:304)",
                                "java.base/java.net.Socket$SocketInputStream.read(Socket.java:966)",
                                client + "io.SocketHolder$1.read(SocketHolder.java:95)",
                                client
                                        + "classic.InternalHttpClient.doExecute"
                                        + "(InternalHttpClient.java:183)",
                                template + "doExecute(RestTemplate.java:900)"));
        return new Thrown(
                        "org.springframework.web.client.ResourceAccessException",
                        "I/O error on POST request for \"https://ledger:8443/entries\": ledger:8443"
                                + " timed out after 5000 ms",
                        List.of(
                                template + "createResourceAccessException(RestTemplate.java:926)",
                                template + "doExecute(RestTemplate.java:906)"))
                .causedBy(timeout)
                .below(calls);
    }

    private static Thrown unknownField() {
        var bean = "com.fasterxml.jackson.databind.deser.BeanDeserializer";
        return new Thrown(
                "com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException",
                "Unrecognized field \"couponV2\" (class com.northwind.payments.PaymentCmd), not"
                        + " marked as ignorable (8 known properties: \"orderId\", \"customer\","
                        + " \"total\", \"currency\", \"coupon\", \"card\", \"shipTo\", \"lines\"])\n"
                        + " at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION`"
                        + " disabled); line: 1, column: 118] (through reference chain:"
                        + " com.northwind.payments.PaymentCmd[\"couponV2\"])",
                List.of(
                        "com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException.from"
                                + "(UnrecognizedPropertyException.java:61)",
                        "com.fasterxml.jackson.databind.DeserializationContext"
                                + ".handleUnknownProperty(DeserializationContext.java:1202)",
                        bean + "Base.handleUnknownVanilla(BeanDeserializerBase.java:1801)",
                        bean + ".vanillaDeserialize(BeanDeserializer.java:317)",
                        bean + ".deserialize(BeanDeserializer.java:177)",
                        "com.fasterxml.jackson.databind.ObjectMapper.readValue"
                                + "(ObjectMapper.java:3971)",
                        "com.northwind.payments.PaymentListener.read(PaymentListener.java:58)",
                        LISTENER_FRAME));
    }

    private static Thrown declined() {
        return new Thrown(
                "com.northwind.payments.PaymentDeclinedException",
                "card_expired: issuer refused",
                List.of(
                        "com.northwind.payments.psp.AuthorizationResponse.orThrow"
                                + "(AuthorizationResponse.java:37)",
                        "com.northwind.payments.psp.PspClient.authorize(PspClient.java:112)",
                        GATEWAY_FRAME,
                        LISTENER_FRAME));
    }

    private static Thrown withoutAddress() {
        return new Thrown(
                "java.lang.NullPointerException",
                "Cannot invoke \"com.northwind.payments.Address.country()\" because the return value"
                        + " of \"com.northwind.payments.PaymentCmd.shipTo()\" is null",
                List.of(
                        "com.northwind.payments.OrderMapper.toEntity(OrderMapper.java:88)",
                        "com.northwind.payments.PaymentService.book(PaymentService.java:61)",
                        LISTENER_FRAME));
    }

    private static Thrown withoutOrder() {
        return new Thrown(
                "java.lang.IllegalArgumentException",
                "payload is no order",
                List.of(
                        "com.northwind.payments.PaymentListener.read(PaymentListener.java:55)",
                        LISTENER_FRAME));
    }

    private static Thrown unknownCurrency(String code) {
        return new Thrown(
                "java.lang.IllegalArgumentException",
                "Unknown currency \"" + code + '"',
                List.of(
                        "com.northwind.payments.Money.of(Money.java:29)",
                        "com.northwind.payments.OrderMapper.toEntity(OrderMapper.java:74)",
                        "com.northwind.payments.PaymentService.book(PaymentService.java:61)",
                        LISTENER_FRAME));
    }
}
