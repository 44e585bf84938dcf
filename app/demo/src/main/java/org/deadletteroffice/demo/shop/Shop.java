package org.deadletteroffice.demo.shop;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/// Customers, articles and orders made up by a seed: the same seed tells the same story.
///
/// Threads: one.
final class Shop {
    private static final List<String> FIRST =
            List.of(
                    "mia", "noah", "lina", "emil", "aylin", "jonas", "sofia", "paul", "chloe",
                    "mateo", "zoë", "oskar");
    private static final List<String> LAST =
            List.of(
                    "weber",
                    "rossi",
                    "dubois",
                    "novak",
                    "jansen",
                    "garcía",
                    "larsen",
                    "kowalski",
                    "smith",
                    "özdemir");
    private static final List<String> SKUS =
            List.of("KB-104", "MS-220", "HD-007", "CB-331", "MN-270", "DK-015", "LT-880", "PW-065");
    private static final List<String> COUPONS = List.of("BF26", "XMAS", "WELCOME", "FREESHIP");
    private static final List<List<String>> CITIES =
            List.of(
                    List.of("DE", "80331", "München", "Sendlinger Straße"),
                    List.of("DE", "20095", "Hamburg", "Mönckebergstraße"),
                    List.of("FR", "69002", "Lyon", "Rue Mercière"),
                    List.of("IT", "20121", "Milano", "Via Brera"),
                    List.of("ES", "28013", "Madrid", "Calle Mayor"),
                    List.of("DK", "1050", "København", "Bredgade"));

    private final SplittableRandom random;
    private int order = 80_000;

    Shop(long seed) {
        random = new SplittableRandom(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    String hex(int bytes) {
        var value = new byte[bytes];
        random.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }

    String nextOrder() {
        order += 1 + random.nextInt(3);
        return "A-" + order;
    }

    String customer() {
        return one(FIRST) + '.' + one(LAST) + "@example.com";
    }

    String sku() {
        return one(SKUS);
    }

    String coupon() {
        return one(COUPONS);
    }

    BigDecimal price() {
        return BigDecimal.valueOf(499 + random.nextInt(19_500), 2)
                .setScale(2, RoundingMode.UNNECESSARY);
    }

    ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    ObjectNode address() {
        var city = one(CITIES);
        return object().put("name", one(FIRST) + ' ' + one(LAST))
                .put("street", city.get(3) + ' ' + (1 + random.nextInt(90)))
                .put("postcode", city.get(1))
                .put("city", city.get(2))
                .put("country", city.get(0));
    }

    /// A paid order that every version of the payment service understands.
    ObjectNode order(String id, Instant at) {
        var order = object().put("orderId", id).put("customer", customer());
        order.put("total", price()).put("currency", random.nextInt(6) == 0 ? "DKK" : "EUR");
        if (random.nextInt(4) == 0) {
            order.put("coupon", coupon());
        }
        order.putObject("card")
                .put("network", random.nextBoolean() ? "visa" : "mastercard")
                .put("expires", expiry(at, 1 + random.nextInt(40)));
        order.set("shipTo", address());
        var lines = order.putArray("lines");
        for (var i = random.nextInt(3); i >= 0; i--) {
            lines.addObject().put("sku", sku()).put("qty", 1 + random.nextInt(3));
        }
        return order;
    }

    /// `yyyy-MM`, some months after (or before) the month of `at`.
    String expiry(Instant at, int months) {
        return YearMonth.from(at.atOffset(ZoneOffset.UTC)).plusMonths(months).toString();
    }

    String uuid() {
        var hex = hex(16);
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                '4' + hex.substring(13, 16),
                'a' + hex.substring(17, 20),
                hex.substring(20));
    }

    String traceparent() {
        return "00-" + hex(16) + '-' + hex(8) + "-01";
    }

    static String rfc3339(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
