package org.deadletteroffice.core.decode;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.Tree;

/// What NServiceBus writes where a broker has no headers of its own (SQS): an object of `Headers`,
/// with names that begin with `NServiceBus.`, and `Body`, in base64 or as text.
final class NServiceBusWrapper extends JsonEnvelope {
    private static final String PREFIX = "NServiceBus.";

    NServiceBusWrapper() {
        super("nservicebus", "Body", "it has the headers of NServiceBus beside a body");
    }

    @Override
    boolean mayBegin(byte[] payload) {
        return beginsWithMember(payload, "Headers");
    }

    @Override
    boolean isOne(Tree.Obj object) {
        // A large body lies in S3, and what is here beside its key is no body.
        return text(object, "S3BodyKey").isEmpty()
                && object.get("Headers").orElse(null) instanceof Tree.Obj(var headers)
                && headers.stream().anyMatch(header -> header.name().startsWith(PREFIX));
    }

    @Override
    String told(Tree.Obj object) {
        var headers = (Tree.Obj) object.get("Headers").orElseThrow();
        var type = text(headers, PREFIX + "EnclosedMessageTypes");
        return "NServiceBus message"
                + (type.isEmpty() ? "" : " of type " + type.split("[,;]", 2)[0])
                + (text(headers, PREFIX + "MessageId").isEmpty()
                        ? "."
                        : ", id " + text(headers, PREFIX + "MessageId") + ".");
    }

    @Override
    byte[] inside(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException plain) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    @Override
    String outside(byte[] inner, String before) throws EditException {
        try {
            Base64.getDecoder().decode(before);
            return Base64.getEncoder().encodeToString(inner);
        } catch (IllegalArgumentException plain) {
            return utf8(inner);
        }
    }
}
