package org.deadletteroffice.desktop.triage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.decode.Decoders;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;

/// Messages for tests of what the window makes of them.
final class Letters {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-12T12:00:00Z"), ZoneOffset.UTC);
    static final QueueRef QUEUE = new QueueRef("payments", "orders-dlt", QueueKind.TOPIC);

    private Letters() {}

    static MessageView message(int number) {
        var payload =
                new Tree.Obj(
                        List.of(
                                new Tree.Member("orderId", new Tree.Text("A-" + number)),
                                new Tree.Member("total", new Tree.Num("55.90")),
                                new Tree.Member(
                                        "lines",
                                        new Tree.Arr(
                                                List.of(
                                                        new Tree.Obj(
                                                                List.of(
                                                                        new Tree.Member(
                                                                                "sku",
                                                                                new Tree.Text(
                                                                                        "KB"))))))),
                                new Tree.Member("odd name", Tree.NULL)));
        var letter =
                new DeadLetter(
                        QUEUE,
                        new MessageId("0-" + number),
                        ("A-" + number).getBytes(UTF_8),
                        "{}".getBytes(UTF_8),
                        Headers.of(Header.of("trace-id", "t1"), new Header("nothing", null)),
                        Instant.parse("2026-11-12T11:42:00Z"),
                        null,
                        Failure.NONE,
                        null);
        return new MessageView(
                letter,
                new Decoded.Structured("json", null, payload, List.of()),
                "json",
                "the content is JSON",
                null,
                Failure.builder().type("com.example.OrderException").tries(3).reader("x").build(),
                "f1",
                MessageView.Fate.UNTOUCHED,
                Decoders.standard());
    }

    static List<MessageRow> rows(int from, int count) {
        return java.util.stream.IntStream.range(from, from + count)
                .mapToObj(number -> MessageRow.of(message(number), CLOCK))
                .toList();
    }
}
