package org.deadletteroffice.demo.seed;

import static org.deadletteroffice.demo.seed.When.GROWING;
import static org.deadletteroffice.demo.seed.When.OUTAGES;
import static org.deadletteroffice.demo.seed.When.SINCE_RELEASE;
import static org.deadletteroffice.demo.seed.When.STEADY;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.deadletteroffice.demo.shop.CatalogMessages;
import org.deadletteroffice.demo.shop.CatalogSink;
import org.deadletteroffice.demo.shop.MailMessages;
import org.deadletteroffice.demo.shop.MailService;
import org.deadletteroffice.demo.shop.PaymentMessages;
import org.deadletteroffice.demo.shop.PaymentService;
import org.deadletteroffice.demo.shop.RefundMessages;
import org.deadletteroffice.demo.shop.RefundService;
import org.deadletteroffice.demo.shop.ShipmentMessages;
import org.deadletteroffice.demo.shop.ShipmentService;
import org.deadletteroffice.demo.style.ConnectStyle;
import org.deadletteroffice.demo.style.PlainStyle;
import org.deadletteroffice.demo.style.SpringKafkaStyle;
import org.deadletteroffice.demo.style.SpringRetryStyle;

/// The streams of the demo's shop.
public final class Flows {
    private Flows() {}

    /// @param seed of all that is made up; another one for each writer of a flow, as a flow's
    ///     messages are made by one thread
    public static List<Flow> all(Clock clock, long seed) {
        return List.of(
                payments(clock, seed), shipments(seed), catalog(seed), mails(seed), refunds(seed));
    }

    private static Flow payments(Clock clock, long seed) {
        var messages = new PaymentMessages(seed);
        return new Flow(
                List.of("orders.payment", "orders.payment-dlt"),
                List.of(PaymentService.GROUP),
                6,
                6,
                new PaymentService(clock),
                new SpringKafkaStyle(PaymentService.GROUP, PaymentService.LISTENER, "-dlt"),
                List.of(
                        Cause.of(4_050, GROWING, messages::expiredCard),
                        Cause.of(1_822, SINCE_RELEASE, messages::couponV2),
                        Cause.of(403, OUTAGES, messages::good)
                                .outage(PaymentService.ledgerTimeout()),
                        Cause.of(120, STEADY, messages::unknownCurrency),
                        Cause.of(78, STEADY, messages::cutOff),
                        Cause.of(49, STEADY, messages::withoutAddress).passes(3)),
                Duration.ofMillis(400),
                30,
                messages::good,
                500);
    }

    private static Flow shipments(long seed) {
        var messages = new ShipmentMessages(seed + 1);
        var style =
                new SpringRetryStyle(
                        "orders.shipment",
                        ShipmentService.GROUP,
                        ShipmentService.LISTENER,
                        List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)));
        return new Flow(
                style.topics(),
                style.topics().subList(0, 3).stream().map(style::groupOf).toList(),
                3,
                3,
                new ShipmentService(),
                style,
                List.of(
                        Cause.of(1_450, OUTAGES, messages::good)
                                .outage(ShipmentService.carrierUnavailable()),
                        Cause.of(620, GROWING, messages::germanDate),
                        Cause.of(290, STEADY, messages::wrongPostcode),
                        Cause.of(24, SINCE_RELEASE, messages::unknownCarrier)),
                Duration.ofMillis(900),
                40,
                messages::good,
                300);
    }

    private static Flow catalog(long seed) {
        var messages = new CatalogMessages(seed + 2);
        return new Flow(
                List.of("catalog.changes", "connect-sink-dlq"),
                List.of("connect-" + CatalogSink.CONNECTOR),
                3,
                1,
                new CatalogSink(),
                new ConnectStyle(CatalogSink.CONNECTOR, 0, "connect-sink-dlq", CatalogSink::step),
                List.of(
                        Cause.of(700, GROWING, messages::commaPrice),
                        Cause.of(310, STEADY, messages::cutOff),
                        Cause.of(200, OUTAGES, messages::avro),
                        Cause.of(120, STEADY, messages::compressed),
                        Cause.of(80, SINCE_RELEASE, messages::withoutSku),
                        Cause.of(60, STEADY, messages::deletionOfNothing)),
                Duration.ofMillis(25),
                1_500,
                messages::good,
                6_000);
    }

    private static Flow mails(long seed) {
        var messages = new MailMessages(seed + 3);
        return new Flow(
                List.of("notifications.email", "notifications.email.dlq"),
                List.of(MailService.GROUP),
                2,
                2,
                new MailService(),
                new PlainStyle(MailService.GROUP, "notifications.email.dlq", 3),
                List.of(
                        Cause.of(820, GROWING, messages::wrongAddress),
                        Cause.of(430, SINCE_RELEASE, messages::unknownTemplate),
                        Cause.of(300, OUTAGES, messages::good).outage(MailService.relayDown()),
                        Cause.of(90, STEADY, messages::plainText),
                        Cause.of(50, STEADY, messages::notUtf8),
                        Cause.of(20, STEADY, messages::empty),
                        Cause.of(15, STEADY, messages::tombstone),
                        Cause.of(3, STEADY, messages::oneMebibyte)),
                Duration.ofMillis(1_300),
                40,
                messages::good,
                300);
    }

    private static Flow refunds(long seed) {
        var messages = new RefundMessages(seed + 4);
        return new Flow(
                List.of("returns.refund", "returns.refund.DLT"),
                List.of(RefundService.GROUP),
                2,
                2,
                new RefundService(),
                new SpringKafkaStyle(RefundService.GROUP, RefundService.LISTENER, ".DLT"),
                List.of(
                        Cause.of(410, GROWING, messages::nothingToPay),
                        Cause.of(230, STEADY, messages::wrongIban)),
                Duration.ofSeconds(4),
                15,
                messages::good,
                200);
    }
}
