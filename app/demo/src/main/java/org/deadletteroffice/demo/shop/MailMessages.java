package org.deadletteroffice.demo.shop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/// Mails to be sent: JSON, half of them compressed, and worse.
public final class MailMessages {
    private static final int MEBIBYTE = 1024 * 1024;

    private final Shop shop;

    public MailMessages(long seed) {
        shop = new Shop(seed);
    }

    public Message good(Instant at) {
        return sometimesCompressed(mail(at), at);
    }

    public Message wrongAddress(Instant at) {
        var mail = mail(at);
        var to = mail.path("to").asText();
        return sometimesCompressed(mail.put("to", to.substring(0, to.indexOf('@') + 1)), at);
    }

    public Message unknownTemplate(Instant at) {
        return sometimesCompressed(
                mail(at).put("template", shop.one(List.of("order-shiped", "refund-payed"))), at);
    }

    public Message plainText(Instant at) {
        return raw(
                ("Dear "
                                + shop.customer()
                                + ",\nyour order "
                                + shop.nextOrder()
                                + " is on its way.\n")
                        .getBytes(UTF_8),
                "text/plain",
                at);
    }

    /// JSON in Latin-1.
    public Message notUtf8(Instant at) {
        return raw(
                mail(at).put("name", "Zoë Müller").toString().getBytes(ISO_8859_1),
                "application/json",
                at);
    }

    public Message empty(Instant at) {
        return raw(new byte[0], "application/json", at);
    }

    public Message tombstone(Instant at) {
        return new Message(key(), null, List.of()).with("sent-at", Shop.rfc3339(at));
    }

    /// A JSON body of exactly one mebibyte: somebody attached the invoice.
    public Message oneMebibyte(Instant at) {
        var mail = mail(at).put("attachment", "");
        var fill = MEBIBYTE - mail.toString().getBytes(UTF_8).length;
        mail.put("attachment", "JVBERi0xLjcK".repeat(fill / 12 + 1).substring(0, fill));
        return raw(mail.toString().getBytes(UTF_8), "application/json", at);
    }

    private ObjectNode mail(Instant at) {
        var mail =
                shop.object()
                        .put("to", shop.customer())
                        .put(
                                "template",
                                shop.one(List.of("order-placed", "order-shipped", "refund-paid")))
                        .put("locale", shop.one(List.of("de", "en", "fr")));
        mail.putObject("vars").put("orderId", shop.nextOrder()).put("at", Shop.rfc3339(at));
        return mail;
    }

    private Message sometimesCompressed(ObjectNode mail, Instant at) {
        if (shop.below(2) == 0) {
            return raw(mail.toString().getBytes(UTF_8), "application/json", at);
        }
        return raw(CatalogMessages.gzip(mail.toString()), "application/json", at)
                .with("content-encoding", "gzip");
    }

    private Message raw(byte[] value, String contentType, Instant at) {
        return new Message(key(), value, List.of())
                .with("content-type", contentType)
                .with("sent-at", Shop.rfc3339(at));
    }

    private byte[] key() {
        return ("c-" + (10_000 + shop.below(9_000))).getBytes(UTF_8);
    }
}
