package org.deadletteroffice.core.decode;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;

/// A media type as a header says it: `application/json; charset=latin1`.
///
/// @param type lower case, without parameters
/// @param parameters what stands behind the first semicolon; empty for none
record ContentType(String type, String parameters) {

    /// From the last header called `content-type` or `contentType`, in any case, or as
    /// NServiceBus or the RabbitMQ connector calls it. Its text may be quoted as JSON, as
    /// Spring's header mapper writes it.
    static Optional<ContentType> of(Headers headers) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            Header header = headers.all().get(i);
            if (header.name().equalsIgnoreCase("content-type")
                    || header.name().equalsIgnoreCase("contentType")
                    || header.name().equals("amqp-content-type")
                    || header.name().equals("NServiceBus.ContentType")) {
                var text = header.text();
                return text == null ? Optional.empty() : Optional.of(parse(text));
            }
        }
        return Optional.empty();
    }

    static ContentType parse(String text) {
        var plain = text.strip();
        if (plain.length() > 1 && plain.startsWith("\"") && plain.endsWith("\"")) {
            plain = plain.substring(1, plain.length() - 1);
        }
        int semicolon = plain.indexOf(';');
        return semicolon < 0
                ? new ContentType(plain.toLowerCase(Locale.ROOT), "")
                : new ContentType(
                        plain.substring(0, semicolon).strip().toLowerCase(Locale.ROOT),
                        plain.substring(semicolon + 1));
    }

    /// `application/json`, `text/json`, `application/vnd.x+json`.
    boolean isJson() {
        return type.endsWith("/json") || type.endsWith("+json") || type.equals("json");
    }

    boolean isText() {
        return type.startsWith("text/") || isXml();
    }

    boolean isXml() {
        return type.endsWith("/xml") || type.endsWith("+xml");
    }

    boolean isYaml() {
        return type.endsWith("/yaml")
                || type.endsWith("/x-yaml")
                || type.endsWith("/vnd.yaml")
                || type.endsWith("+yaml");
    }

    boolean isIon() {
        return type.endsWith("/ion") || type.endsWith(".ion") || type.endsWith("-ion");
    }

    boolean isAvro() {
        return type.endsWith("/avro")
                || type.endsWith("+avro")
                || type.startsWith("avro/")
                || type.contains("vnd.apache.avro")
                || type.contains(".avro+");
    }

    boolean isProtobuf() {
        return type.endsWith("/protobuf")
                || type.endsWith("/x-protobuf")
                || type.endsWith("+protobuf")
                || type.contains("vnd.google.protobuf");
    }

    /// The charset parameter; empty where there is none or this machine does not know it.
    Optional<Charset> charset() {
        return charsetName().flatMap(ContentType::charset);
    }

    /// The charset parameter as it is written; empty where there is none.
    Optional<String> charsetName() {
        for (var parameter : parameters.split(";")) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && parameter.substring(0, equals).strip().equalsIgnoreCase("charset")) {
                return Optional.of(parameter.substring(equals + 1).strip().replace("\"", ""));
            }
        }
        return Optional.empty();
    }

    /// A charset that this machine can read and write; empty for any other name.
    static Optional<Charset> charset(String name) {
        try {
            return Optional.of(Charset.forName(name)).filter(Charset::canEncode);
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }
}
