package org.deadletteroffice.demo.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.deadletteroffice.demo.style.Thrown;

/// Sends mails to customers, with a consumer of its own making. Takes JSON, perhaps compressed.
public final class MailService implements Service {
    public static final String GROUP = "mailer";

    private static final int MAX_BYTES = 256 * 1024;
    private static final Set<String> TEMPLATES =
            Set.of("order-placed", "order-shipped", "refund-paid", "password-reset");
    private static final String LOOP_FRAME = "com.northwind.mail.Mailer.run(Mailer.java:64)";
    private static final String HANDLE_FRAME = "com.northwind.mail.Mailer.handle(Mailer.java:92)";
    private static final String BODY_FRAME = "com.northwind.mail.Body.read(Body.java:23)";

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public Optional<Thrown> process(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.of(
                    thrown(
                            "java.lang.NullPointerException",
                            "Cannot read the array length because \"body\" is null",
                            BODY_FRAME));
        }
        try {
            return send(body(record));
        } catch (IOException unreadable) {
            return Optional.of(
                    Thrown.of(unreadable)
                            .framesOf(
                                    unreadable.getClass().getName().startsWith("com.")
                                            ? "com.fasterxml."
                                            : "java.base/")
                            .below(List.of(BODY_FRAME, HANDLE_FRAME, LOOP_FRAME)));
        }
    }

    private Optional<Thrown> send(String body) throws IOException {
        if (body.isEmpty()) {
            return Optional.of(
                    thrown(
                            "com.fasterxml.jackson.databind.exc.MismatchedInputException",
                            "No content to map due to end-of-input\n"
                                    + " at [Source: REDACTED"
                                    + " (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION`"
                                    + " disabled); line: 1]",
                            "com.fasterxml.jackson.databind.ObjectMapper.readValue"
                                    + "(ObjectMapper.java:3863)"));
        }
        var mail = json.readTree(body);
        if (body.length() > MAX_BYTES) {
            return Optional.of(tooLarge(body.length()));
        }
        return refusal(mail);
    }

    private static Optional<Thrown> refusal(JsonNode mail) {
        if (!mail.path("to").asText().matches("[^@]+@[^@]+\\.[^@]+")) {
            return Optional.of(
                    thrown(
                            "jakarta.mail.internet.AddressException",
                            "Missing final '@domain' in string ``"
                                    + mail.path("to").asText()
                                    + "''",
                            "jakarta.mail.internet.InternetAddress.checkAddress"
                                    + "(InternetAddress.java:1305)"));
        }
        var template = mail.path("template").asText();
        return TEMPLATES.contains(template)
                ? Optional.empty()
                : Optional.of(
                        thrown(
                                "com.northwind.mail.TemplateNotFoundException",
                                "no template '"
                                        + template
                                        + "' for locale "
                                        + mail.path("locale").asText("en"),
                                "com.northwind.mail.Templates.get(Templates.java:40)"));
    }

    /// What a mail threw while the relay did not answer.
    public static Thrown relayDown() {
        return thrown(
                        "com.sun.mail.util.MailConnectException",
                        "Couldn't connect to host, port: smtp, 587; timeout 5000",
                        "com.sun.mail.smtp.SMTPTransport.openServer(SMTPTransport.java:2210)")
                .causedBy(
                        new Thrown(
                                "java.net.ConnectException",
                                "Connection refused",
                                List.of(
                                        "java.base/sun.nio.ch.Net.pollConnect(Native Method)",
                                        "java.base/java.net.Socket.connect(Socket.java:760)",
                                        "com.sun.mail.util.SocketFetcher.getSocket"
                                                + "(SocketFetcher.java:245)",
                                        "com.sun.mail.smtp.SMTPTransport.openServer"
                                                + "(SMTPTransport.java:2178)",
                                        HANDLE_FRAME,
                                        LOOP_FRAME)));
    }

    private static String body(ConsumerRecord<byte[], byte[]> record) throws IOException {
        var bytes = record.value();
        var encoding = record.headers().lastHeader("content-encoding");
        if (encoding != null
                && new String(encoding.value(), StandardCharsets.UTF_8).equals("gzip")) {
            try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                bytes = gzip.readAllBytes();
            }
        }
        return strictUtf8(bytes);
    }

    private static String strictUtf8(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    private static Thrown tooLarge(int size) {
        return thrown(
                "com.sun.mail.smtp.SMTPSendFailedException",
                "552 5.3.4 Message size " + size + " exceeds fixed limit of " + MAX_BYTES,
                "com.sun.mail.smtp.SMTPTransport.issueSendCommand(SMTPTransport.java:2379)");
    }

    private static Thrown thrown(String type, String message, String innermost) {
        return new Thrown(type, message, List.of(innermost, HANDLE_FRAME, LOOP_FRAME));
    }
}
