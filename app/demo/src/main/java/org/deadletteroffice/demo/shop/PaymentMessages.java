package org.deadletteroffice.demo.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;

/// Orders to be paid: CloudEvents in binary mode.
public final class PaymentMessages {
    private final Shop shop;

    public PaymentMessages(long seed) {
        shop = new Shop(seed);
    }

    public Message good(Instant at) {
        var id = shop.nextOrder();
        return event(id, shop.order(id, at), at);
    }

    public Message couponV2(Instant at) {
        var id = shop.nextOrder();
        var order = shop.order(id, at);
        order.remove("coupon");
        var rest = order.deepCopy().retain("card", "shipTo", "lines");
        order.retain("orderId", "customer", "total", "currency");
        order.putObject("couponV2")
                .put("code", shop.coupon())
                .put("pct", BigDecimal.valueOf(5L * (1 + shop.below(4))));
        order.setAll(rest);
        return event(id, order, at);
    }

    public Message expiredCard(Instant at) {
        var id = shop.nextOrder();
        var order = shop.order(id, at);
        order.withObjectProperty("card").put("expires", shop.expiry(at, -1 - shop.below(14)));
        return event(id, order, at);
    }

    public Message withoutAddress(Instant at) {
        var id = shop.nextOrder();
        return event(id, shop.order(id, at).putNull("shipTo"), at);
    }

    public Message unknownCurrency(Instant at) {
        var id = shop.nextOrder();
        return event(id, shop.order(id, at).put("currency", "EURO"), at);
    }

    /// A writer that died in the middle, without CloudEvents attributes.
    public Message cutOff(Instant at) {
        var id = shop.nextOrder();
        var text = shop.order(id, at).toString();
        return Message.json(id, text.substring(0, text.length() * 2 / 3));
    }

    private Message event(String key, ObjectNode order, Instant at) {
        var message =
                new Message(
                                key.getBytes(UTF_8),
                                order.toString().getBytes(UTF_8),
                                java.util.List.of())
                        .with("ce_specversion", "1.0")
                        .with("ce_id", shop.uuid())
                        .with("ce_source", "/shop/checkout")
                        .with("ce_type", "order.placed")
                        .with("ce_subject", key)
                        .with("ce_time", Shop.rfc3339(at))
                        .with("content-type", "application/json")
                        .with("traceparent", shop.traceparent());
        return shop.below(5) == 0
                ? message.with("baggage", "tenant=eu").with("baggage", "tier=gold")
                : message;
    }
}
