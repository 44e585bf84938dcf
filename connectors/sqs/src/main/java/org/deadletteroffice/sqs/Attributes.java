package org.deadletteroffice.sqs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// Message attributes as headers and back, without loss. An attribute has a data type, a header has
/// none: text is a String and bytes that are no text are Binary; every other type (Number, a custom
/// one) stands behind the name after a colon, which no attribute's name may contain. Attributes
/// have no order; they are listed by name.
final class Attributes {
    /// The system attribute that a sender may set; AWS X-Ray's trace.
    static final String TRACE = "AWSTraceHeader";

    /// Marks of a redrive; they give way where an original fills the attributes that SQS allows.
    private static final String MARK = "x-redrive-";

    private static final String STRING = "String";
    private static final String BINARY = "Binary";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern RESERVED = Pattern.compile("(?i)(aws|amazon)\\..*");
    private static final Pattern TYPE = Pattern.compile("(String|Number|Binary)(\\..{1,200})?");
    private static final int MOST_NAME = 256;

    /// The messages of a queue have few different names among them, each to be looked at once.
    private static final Set<String> FIT_NAMES = ConcurrentHashMap.newKeySet();

    private static final int REMEMBERED = 1_000;

    private Attributes() {}

    static Headers headers(Map<String, MessageAttributeValue> attributes) {
        var headers = new ArrayList<Header>();
        new TreeMap<>(attributes).forEach((name, value) -> headers.add(header(name, value)));
        return new Headers(headers);
    }

    private static Header header(String name, MessageAttributeValue value) {
        var type = value.dataType();
        var bytes =
                value.binaryValue() != null
                        ? value.binaryValue().asByteArray()
                        : value.stringValue().getBytes(StandardCharsets.UTF_8);
        return new Header(type.equals(inferred(bytes)) ? name : name + ':' + type, bytes);
    }

    private static String inferred(byte[] bytes) {
        return SqsText.read(bytes).isPresent() ? STRING : BINARY;
    }

    /// What is sent; the trace is no message attribute and left out. Where there are more than SQS
    /// allows, the redrive's own marks give way (the ledger knows the message by its id).
    ///
    /// @param inner those of an envelope's content, which go before headers of the same name
    /// @throws BrokerException.Unsupported when SQS cannot hold them as they are
    static Map<String, MessageAttributeValue> of(
            Headers headers, Map<String, MessageAttributeValue> inner) throws BrokerException {
        var attributes = new LinkedHashMap<>(inner);
        for (var header : headers) {
            var colon = header.name().indexOf(':');
            var name = colon < 0 ? header.name() : header.name().substring(0, colon);
            if (name.equals(TRACE) || inner.containsKey(name)) {
                continue;
            }
            if (attributes.put(name, value(name, header)) != null) {
                throw unfit("The attribute '" + name + "' stands there twice.");
            }
        }
        for (var mark : java.util.List.of("count", "job", "id")) {
            if (attributes.size() > MessageLimits.MOST_ATTRIBUTES) {
                attributes.remove(MARK + mark);
            }
        }
        if (attributes.size() > MessageLimits.MOST_ATTRIBUTES) {
            throw unfit(
                    "The message has "
                            + attributes.size()
                            + " attributes; SQS takes "
                            + MessageLimits.MOST_ATTRIBUTES
                            + '.');
        }
        return attributes;
    }

    private static MessageAttributeValue value(String name, Header header) throws BrokerException {
        var bytes = header.value();
        if (bytes == null || bytes.length == 0) {
            throw unfit("The attribute '" + name + "' has no value.");
        }
        checkName(name);
        var text = SqsText.read(bytes);
        var isTyped = name.length() < header.name().length();
        var type =
                isTyped
                        ? header.name().substring(name.length() + 1)
                        : text.isPresent() ? STRING : BINARY;
        if (isTyped && !TYPE.matcher(type).matches()) {
            throw unfit("'" + type + "' is no data type of an attribute.");
        }
        if (type.startsWith(BINARY)) {
            return MessageAttributeValue.builder()
                    .dataType(type)
                    .binaryValue(SdkBytes.fromByteArray(bytes))
                    .build();
        }
        if (text.isEmpty()) {
            throw unfit("The attribute '" + name + "' is no text that SQS takes.");
        }
        return MessageAttributeValue.builder().dataType(type).stringValue(text.get()).build();
    }

    private static void checkName(String name) throws BrokerException {
        if (FIT_NAMES.contains(name)) {
            return;
        }
        if (name.length() > MOST_NAME
                || !NAME.matcher(name).matches()
                || RESERVED.matcher(name).matches()) {
            throw unfit("'" + name + "' is no name that SQS takes for an attribute.");
        }
        if (FIT_NAMES.size() < REMEMBERED) {
            FIT_NAMES.add(name);
        }
    }

    private static BrokerException unfit(String sentence) {
        return new BrokerException.Unsupported(
                sentence,
                new Remedy.Advice("Drop or edit the header, or send to another destination."),
                null);
    }
}
