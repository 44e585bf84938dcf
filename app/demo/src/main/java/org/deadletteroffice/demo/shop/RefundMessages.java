package org.deadletteroffice.demo.shop;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;

/// Money to be paid back: plain JSON.
public final class RefundMessages {
    private final Shop shop;

    public RefundMessages(long seed) {
        shop = new Shop(seed);
    }

    public Message good(Instant at) {
        return json(refund(at));
    }

    public Message nothingToPay(Instant at) {
        return json(refund(at).put("amount", BigDecimal.ZERO));
    }

    public Message wrongIban(Instant at) {
        return json(refund(at).put("iban", "DE44 5001 0517 5407 3249 3" + shop.below(10)));
    }

    private ObjectNode refund(Instant at) {
        return shop.object()
                .put("orderId", shop.nextOrder())
                .put("amount", shop.price())
                .put("currency", "EUR")
                .put("iban", "DE4450010517540732493" + shop.below(10))
                .put("returnedAt", Shop.rfc3339(at));
    }

    private Message json(ObjectNode refund) {
        return Message.json(refund.path("orderId").asText(), refund.toString());
    }
}
