package org.deadletteroffice.core.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.deadletteroffice.spi.message.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Order 4711 not found | Order # not found",
                "Order -5 costs 1.50 | Order # costs #",
                "user 550e8400-e29b-41d4-a716-446655440000 unknown | user # unknown",
                "at 2026-03-01T10:15:30.123Z to 10.0.0.1:9092 | at #Z to #",
                "Unrecognized token 'abc': was expecting \"x y\" | Unrecognized token '#': was expecting \"#\"",
                "can't read the customer's file | can't read the customer's file",
                "mail to ann.lee+x@example.org bounced | mail to #@# bounced",
                "com.shop.Order@1b2c3d4 is stale | com.shop.Order@# is stale",
                "timed out after 5000ms | timed out after #",
                "charge ch_3Nf8kQ2eZvKYlo2C failed | charge ch_# failed",
                "not UTF-8 | not #",
                "rejected [order-17, order-18] | rejected [order-#]",
                "Größe 7 zu groß | Größe # zu groß",
                "null value in column \"email\" of relation \"customer\" | null value in column \"email\" of relation \"customer\"",
                "no customer \"Ann\" in 'Berlin' | no customer \"#\" in '#'",
                "undefined method `total' for nil | undefined method `total' for nil",
                "'customer_id' | 'customer_id'",
                "Request failed with status code 404 | Request failed with status code 404",
                "product code 40412 is gone | product code # is gone",
                "exit status 137 | exit status 137",
                "ORA-02291: parent key not found | ORA-02291: parent key not found",
                "GET https://api.shop.test/orders/a17/lines?from=2&to=b failed | GET https://api.shop.test/orders/#/lines?# failed",
                "dial [2001:db8::ff00:42]:5432 | dial [#]:#",
                "0x7f3ab is no address | # is no address",
                "until Tue Mar 3 10:15:30 2026 | until # # # # #",
                "cannot price Order(id=17, who=Ann): none | cannot price Order(#): none",
                "Key (email)=(a@b.test) already exists. | Key (email)=(#) already exists",
                "got {\"id\": 17, \"a\": [1]} here | got {#} here",
                "No enum constant com.shop.Status.LOST | No enum constant com.shop.Status.#",
                "busy (total=10, idle=0). | busy",
                "No such file: /outgoing/acme/INV_17.xml | No such file: /outgoing/#",
                "open /tmp: denied | open /tmp: denied",
                "may not read arn:aws:s3:::invoices/2026/17.pdf now | may not read arn:aws:s#:::invoices/# now",
                "ENOTFOUND pim-7f9c4d8b6-tzwcd.shop | ENOTFOUND pim-#.shop",
                "No such customer: cus_KpQzTrLmNvXwYs | No such customer: cus_#",
                "missing de-AT.mails.subject | missing #.mails.subject",
                "Invalid currency: xbt. | Invalid currency: #",
                "answered 410 Gone | answered 410 Gone",
                "read-only replica | read-only replica",
                "only valid since March | only valid since #",
                "waited 4 h for an answer | waited # for an answer",
                "550 <\"odd name\"@host.test>: unknown | # <#@#>: unknown",
                "call X (reached max retries: 4): gone | call X: gone",
                "no key exports/acme/returns.csv here | no key # here",
                "[type=mapper, reason=field [a] of id '7'] | [type=mapper, reason=field [a] of id '#']",
                "stale: [com.shop.Order#A-17x] | stale: [com.shop.Order#]",
                "stale: [com.shop.Order#component[a,b]{a=1, b=2}] | stale: [com.shop.Order#]",
                "[503 Service Unavailable] at [Stock#reserve(Item)]: [no route [x]] | [503 Service Unavailable] at [Stock#reserve(Item)]: [#]",
                "404 Not Found: [no body] | 404 Not Found: #",
                "404 Not Found: \"{\"a\":1}\" | 404 Not Found: #",
                "gone (Request ID: 4ZQ8+/a=, Host ID: null) | gone (Request ID: #, Host ID: #)",
                "order id: is missing | order id: is missing",
                "Deadlock found; try again: UPDATE `works` SET `a` = 1 | Deadlock found; try again",
                "with id='a-7' here | with id=# here",
                "with id=7 here | with id=# here",
                "exited: signal 9 (SIGKILL) Job: 17. | exited: signal 9 (SIGKILL) Job: #",
                "err desc = \"dial tcp 10.0.0.1:80: i/o timeout\" | err desc = \"dial tcp #:80: i/o timeout\"",
                "connect ECONNREFUSED 10.0.1.7:6379 | connect ECONNREFUSED #:6379",
                "read tcp 10.1.2.3:47112->10.3.2.1:5432: reset | read tcp #->#: reset",
                "Text 'x' could not be parsed at index 0 at [Source: y; line: 1] (of \"due\") | Text '#' could not be parsed at [Source: #] (of \"#\")",
                "The key value is (web, 17). | The key value is (#)",
                "Invalid number: n/a | Invalid number: #",
                "Text '31.12.' could not be parsed at index 0 | Text '#' could not be parsed",
                "Text 'June 31' could not be parsed: Invalid date 'JUNE 31' | Text '#' could not be parsed",
            })
    void folds_what_varies(String message, String folded) {
        assertThat(MessageFold.fold(message)).isEqualTo(folded);
    }

    @Test
    void what_postgres_says_on_further_lines_is_of_the_one_row() {
        assertThat(
                        MessageFold.fold(
                                "deadlock detected\nDETAIL:  Process 7 waits.\nHINT:  See the log."))
                .isEqualTo("deadlock detected");
        assertThat(MessageFold.fold("ERROR: lock timeout\n  Where: while locking tuple (9,1)"))
                .isEqualTo("ERROR: lock timeout");
    }

    @Test
    void the_field_that_jackson_could_not_read_is_told() {
        var trace =
                """
                com.fasterxml.jackson.databind.exc.InvalidFormatException: Cannot read "x": no date
                 at [Source: (String)"{"due":"x"}"; line: 1, column: 8] (through reference chain: a.Bill["due"])
                \tat com.fasterxml.jackson.databind.DeserializationContext.weirdStringException(D.java:1)
                \tat a.Codec.read(Codec.java:3)
                """;

        var message = Objects.requireNonNull(StackTraces.links(trace).getLast().message());
        assertThat(message).contains("a.Bill[\"due\"]");
        assertThat(StackTraces.place(trace))
                .isEqualTo(new StackTraces.Place("a.Codec.read", false));
        assertThat(MessageFold.fold(message))
                .isEqualTo(
                        "Cannot read \"#\": no date at [Source: #] (through reference chain: a.Bill[\"due\"])");
    }

    @Test
    void equal_failures_have_one_name() {
        assertThat(of("a.B", "Order 1 of 'x' failed", "\tat a.B.c(B.java:1)"))
                .isEqualTo(of("a.B", "Order 22 of 'yz' failed", "\tat a.B.c(B.java:99)"));
        assertThat(of("a.B", "x", "\tat a.B.lambda$f$1(B.java:1)"))
                .isEqualTo(of("a.B", "x", "\tat a.B.lambda$f$12(B.java:7)"));
    }

    @Test
    void other_types_messages_and_places_have_others() {
        var one = of("a.B", "x", "\tat a.B.c(B.java:1)");

        assertThat(one).isNotEqualTo(of("a.C", "x", "\tat a.B.c(B.java:1)"));
        assertThat(one).isNotEqualTo(of("a.B", "y", "\tat a.B.c(B.java:1)"));
        assertThat(one).isNotEqualTo(of("a.B", "x", "\tat a.B.d(B.java:1)"));
    }

    @Test
    void the_root_causes_frames_count_and_machinery_does_not() {
        var direct = "a.W: w\n\tat outer.O.o(O.java:1)\nCaused by: a.B: x\n\tat a.B.c(B.java:1)\n";
        var reflected =
                "a.W: w\n\tat other.P.p(P.java:1)\nCaused by: a.B: x\n\tat java.base/jdk.internal.reflect.DirectMethodHandleAccessor.invoke(D.java:1)\n\tat a.B$$SpringCGLIB$$0.c(<generated>)\n\tat a.B.c(B.java:2)\n";

        assertThat(StackTraces.place(reflected)).isEqualTo(new StackTraces.Place("a.B.c", true));
        assertThat(
                        Fingerprint.of(
                                Failure.builder()
                                        .type("a.B")
                                        .message("x")
                                        .stackTrace(direct)
                                        .build()))
                .isEqualTo(
                        Fingerprint.of(
                                Failure.builder()
                                        .type("a.B")
                                        .message("x")
                                        .stackTrace(reflected)
                                        .build()));
    }

    @Test
    void names_are_data_where_the_users_own_code_speaks() {
        assertThat(MessageFold.fold("Garden Chair Oslo is out of stock in Hamburg", true))
                .isEqualTo("# is out of stock in #");
        assertThat(MessageFold.fold("Shipment 4711 is already PICKED_UP", true))
                .isEqualTo("Shipment # is already #");
        assertThat(MessageFold.fold("Customer Maria de la Cruz is blocked", true))
                .isEqualTo("Customer # is blocked");
        assertThat(MessageFold.fold("no adapter for carrier dhl-express of box 7", true))
                .isEqualTo("no adapter for carrier # of box #");
        assertThat(MessageFold.fold("Tenant northwind is suspended", true))
                .isEqualTo(MessageFold.fold("Tenant Contoso is suspended", true));
        assertThat(MessageFold.fold("no column unit_price in index number_1", true))
                .isEqualTo("no column unit_price in index number_#");
        assertThat(MessageFold.fold("seat 14C on flight u2-8841 is taken", true))
                .isEqualTo("seat # on flight # is taken");
        assertThat(MessageFold.fold("printer dock-4 (Zebra ZT411) is offline", true))
                .isEqualTo("printer # is offline");
        assertThat(MessageFold.fold("Patient van der Berg is not in ward Cedar", true))
                .isEqualTo("Patient # is not in ward #");
        assertThat(MessageFold.fold("room 12 is taken by J. Okonkwo", true))
                .isEqualTo("room # is taken by #");
        assertThat(MessageFold.fold("POST https://a.test/in/9 answered 410 Gone", true))
                .isEqualTo("POST https://# answered 410 Gone");
        assertThat(MessageFold.fold("rpc error: code = Unavailable desc = status Cancelled", true))
                .isEqualTo("rpc error: code = Unavailable desc = status Cancelled");
        assertThat(MessageFold.fold("customer address is missing", true))
                .isEqualTo("customer address is missing");
        assertThat(MessageFold.fold("Connection to Redis lost", false))
                .isEqualTo("Connection to Redis lost");
    }

    @Test
    void is_the_same_in_every_process() {
        // Saved scopes of jobs name groups: a change of the rules must raise the version.
        assertThat(
                        of(
                                "com.shop.PaymentException",
                                "Card 4711 declined",
                                "\tat com.shop.Payments.charge(Payments.java:88)"))
                .isEqualTo("265402ea752d");
        assertThat(Fingerprint.of(Failure.NONE)).isEqualTo("e694fcfee8a8");
    }

    @Property(tries = 500)
    void numbers_and_ids_never_split_a_group(
            @ForAll long number, @ForAll long high, @ForAll long low) {
        var id = new UUID(high, low);
        var one = MessageFold.fold("Order %d of %s was refused".formatted(number, id));

        assertThat(one)
                .isEqualTo(
                        MessageFold.fold("Order 1 of %s was refused".formatted(UUID.randomUUID())));
    }

    @Property(tries = 500)
    void any_message_folds_and_folds_the_same_again(@ForAll String message) {
        assertThat(MessageFold.fold(message))
                .isEqualTo(MessageFold.fold(message))
                .hasSizeLessThanOrEqualTo(300);
    }

    private static String of(String type, String message, String frame) {
        return Fingerprint.of(
                Failure.builder()
                        .type(type)
                        .message(message)
                        .stackTrace(type + ": " + message + "\n" + frame + "\n")
                        .build());
    }
}
