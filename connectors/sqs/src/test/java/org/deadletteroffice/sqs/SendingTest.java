package org.deadletteroffice.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// What SQS does to what is sent, against ElasticMQ.
class SendingTest extends OnElasticMq {
    @Test
    void data_types_of_attributes_survive_a_redrive() throws Exception {
        var source = queue("");
        var target = queue("");
        var url = url(source);
        fixture.client()
                .sendMessage(
                        r ->
                                r.queueUrl(url)
                                        .messageBody("typed")
                                        .messageAttributes(
                                                Map.of(
                                                        "price",
                                                        value("Number", "12.50"),
                                                        "kind",
                                                        value("String.order", "x"),
                                                        "plain",
                                                        value("String", "y"))));
        var letter = all(source).getFirst();

        assertThat(letter.headers().all())
                .containsExactly(
                        Header.of("kind:String.order", "x"),
                        Header.of("plain", "y"),
                        Header.of("price:Number", "12.50"));

        send(List.of(outgoing(0, letter, target)), source);
        assertThat(all(target).getFirst().headers()).isEqualTo(letter.headers());
    }

    private static MessageAttributeValue value(String type, String text) {
        return MessageAttributeValue.builder().dataType(type).stringValue(text).build();
    }

    @Test
    void marks_of_the_redrive_give_way_to_ten_attributes_of_the_original() throws Exception {
        var source = queue("");
        var target = queue("");
        var own = IntStream.range(0, 9).mapToObj(i -> Header.of("a" + i, "v")).toList();
        fixture.seed(source.name(), List.of(ForeignMessage.of("full").with(new Headers(own))));
        var letter = all(source).getFirst();
        var marks =
                List.of(
                        Header.of("x-redrive-id", "j-1"),
                        Header.of("x-redrive-job", "j"),
                        Header.of("x-redrive-count", "1"));
        var full = with(letter, letter.headers().plus(marks), target);

        assertThat(send(List.of(full), source).getFirst()).isInstanceOf(TransferEvent.Sent.class);
        assertThat(all(target).getFirst().headers())
                .isEqualTo(new Headers(own).plus(List.of(marks.getFirst())));
    }

    @Test
    void second_send_of_the_same_redrive_is_dropped_by_a_fifo_queue() throws Exception {
        var source = queue("");
        var target = queue(".fifo");
        fixture.seed(source.name(), List.of(ForeignMessage.of("once")));
        var letter = all(source).getFirst();
        var outgoing = with(letter, Headers.of(Header.of("x-redrive-id", "job-7")), target);
        send(List.of(outgoing), source);
        send(List.of(outgoing), source);

        assertThat(fixture.peek(target.name())).hasSize(1);
        assertThat(all(target).getFirst().key()).isNotNull();
    }

    @Test
    void a_group_goes_from_a_fifo_queue_to_a_standard_one_and_back() throws Exception {
        var fifo = queue(".fifo");
        var standard = queue("");
        var back = queue(".fifo");
        fixture.seed(
                fifo.name(),
                List.of(
                        ForeignMessage.of("customer-7", "1"),
                        ForeignMessage.of("customer-7", "2")));

        pass(fifo, standard);
        assertThat(fixture.peek(standard.name()))
                .allMatch(message -> "customer-7".equals(new String(message.key(), UTF_8)));
        pass(standard, back);

        assertThat(fixture.peek(back.name()))
                .extracting(message -> new String(message.key(), UTF_8) + " " + message.text())
                .containsExactly("customer-7 1", "customer-7 2");
    }

    private void pass(QueueRef from, QueueRef to) throws BrokerException {
        var letters = all(from);
        letters.sort(Comparator.comparing(OnElasticMq::text));
        send(
                IntStream.range(0, letters.size())
                        .mapToObj(i -> outgoing(i, letters.get(i), to))
                        .toList(),
                from);
    }

    @Test
    void a_group_that_is_longer_than_a_look_is_read_to_its_end_while_it_is_removed()
            throws Exception {
        var source = queue(".fifo");
        var target = queue(".fifo");
        var texts = IntStream.range(0, 45).mapToObj("%02d"::formatted).toList();
        fixture.seed(
                source.name(), texts.stream().map(t -> ForeignMessage.of("group", t)).toList());
        var sequence = 0L;
        try (var transfer = connection.transfer(new TransferPlan("group-job", source, "quirks"));
                var scan = connection.scan(source, Cursor.oldest(), Cursor.newest())) {
            for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                var outgoing = new ArrayList<Outgoing>();
                for (var letter : batch.get().messages()) {
                    outgoing.add(outgoing(sequence++, letter, target));
                }
                assertThat(transfer.send(outgoing))
                        .allMatch(event -> event instanceof TransferEvent.Sent);
                connection.remove(
                        source, batch.get().messages().stream().map(DeadLetter::id).toList());
            }
        }
        assertThat(fixture.peek(source.name())).isEmpty();
        var arrived = new ArrayList<String>();
        for (var taken = 0; taken < 5; taken++) {
            fixture.peek(target.name()).forEach(message -> arrived.add(message.text()));
            fixture.consume(target.name(), "reader", 10);
        }
        assertThat(arrived).isEqualTo(texts);
    }

    /// The message on its way to the target, with these headers in place of its own.
    private static Outgoing with(DeadLetter letter, Headers headers, QueueRef target) {
        return new Outgoing(0, letter, target.name(), null, null, letter.payload(), headers, null);
    }
}
