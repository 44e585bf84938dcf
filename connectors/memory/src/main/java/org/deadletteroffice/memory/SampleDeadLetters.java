package org.deadletteroffice.memory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Origin;

/// A broker as an operator finds it on a Monday: dead letters of three conventions and six causes,
/// the same ones every time.
///
/// - `orders` (3 partitions) and `orders-dlt`, Spring Kafka
/// - `invoices` and `dlq-invoices-sink`, Kafka Connect
/// - `mail.jobs` and `mail.jobs.dlq`, queues, with headers of the application's own
public final class SampleDeadLetters {
    public static final String ORDERS = "orders";
    public static final String ORDERS_DLT = "orders-dlt";
    public static final String INVOICES = "invoices";
    public static final String INVOICES_DLQ = "dlq-invoices-sink";
    public static final String MAILS = "mail.jobs";
    public static final String MAILS_DLQ = "mail.jobs.dlq";

    /// When the last of them died; each one before it died a minute earlier.
    public static final Instant LAST_DEATH = Instant.parse("2026-01-31T08:00:00Z");

    private static final List<Cause> ORDER_CAUSES =
            List.of(
                    new Cause("com.example.shop.OutOfStockException", "No stock for SKU %s"),
                    new Cause("java.net.SocketTimeoutException", "Read timed out after 5000 ms"));
    private static final List<Cause> INVOICE_CAUSES =
            List.of(
                    new Cause(
                            "org.apache.kafka.connect.errors.DataException",
                            "Invalid value for field amount of invoice %s"),
                    new Cause(
                            "org.apache.kafka.common.errors.SerializationException",
                            "Unexpected end of input at byte %s"));
    private static final List<Cause> MAIL_CAUSES =
            List.of(
                    new Cause("smtplib.SMTPRecipientsRefused", "550 mailbox %s unavailable"),
                    new Cause("KeyError", "'recipient'"));

    private record Cause(String type, String pattern) {
        DeathHeaders of(String origin, int number) {
            var death = DeathHeaders.of(origin, type, pattern.formatted(1_000 + number));
            return death.from(0, number);
        }
    }

    private SampleDeadLetters() {}

    /// Makes the six queues and fills each of the three that hold dead letters.
    ///
    /// @param each how many messages each of the three gets
    public static MemoryBroker fill(MemoryBroker broker, int each) {
        broker.createLog(ORDERS, 3).createLog(ORDERS_DLT, 3);
        broker.createLog(INVOICES).createLog(INVOICES_DLQ);
        broker.createQueue(MAILS).createQueue(MAILS_DLQ);
        broker.send(ORDERS_DLT, letters(each, SampleDeadLetters::order));
        broker.send(INVOICES_DLQ, letters(each, SampleDeadLetters::invoice));
        broker.send(MAILS_DLQ, letters(each, SampleDeadLetters::mail));
        broker.consume(ORDERS_DLT, "orders-dlt-watch", each / 2);
        return broker;
    }

    private static List<MemoryMessage> letters(int each, Function<Integer, MemoryMessage> letter) {
        return IntStream.range(0, each)
                .mapToObj(
                        number ->
                                letter.apply(number)
                                        .at(
                                                LAST_DEATH.minus(
                                                        Duration.ofMinutes(each - 1L - number))))
                .toList();
    }

    private static MemoryMessage order(int number) {
        var partition = number % 3;
        var death = cause(ORDER_CAUSES, number).of(ORDERS, number).from(partition, number);
        var own =
                Headers.of(
                        Header.of("traceparent", "00-%032x-%016x-01".formatted(number + 1, 1)),
                        Header.of("content-type", "application/json"));
        return MemoryMessage.of(
                        "order-" + number,
                        "{\"orderId\":%s,\"sku\":\"S-%s\",\"quantity\":%s}"
                                .formatted(number, number % 7, 1 + number % 5))
                .in(partition)
                .with(DeathHeaders.after(own, death.spring()));
    }

    private static MemoryMessage invoice(int number) {
        var death = cause(INVOICE_CAUSES, number).of(INVOICES, number).by("invoices-sink");
        var text = "{\"invoice\":%s,\"amount\":\"%s.50 €\"".formatted(number, number);
        return MemoryMessage.of(number % 2 == 0 ? text + "}" : text)
                .withKey(Integer.toString(number).getBytes(StandardCharsets.UTF_8))
                .with(death.connect());
    }

    private static MemoryMessage mail(int number) {
        var death = cause(MAIL_CAUSES, number).of(MAILS, number).by("mailer");
        return MemoryMessage.of("send mail %s to user-%s".formatted(number, number % 11))
                .with(death.plain())
                .died(
                        Failure.builder()
                                .origin(new Origin(MAILS, null, null))
                                .consumer("mailer")
                                .tries(3)
                                .reader("Memory")
                                .build());
    }

    private static Cause cause(List<Cause> causes, int number) {
        return causes.get(number % 4 == 3 ? 1 : 0);
    }
}
