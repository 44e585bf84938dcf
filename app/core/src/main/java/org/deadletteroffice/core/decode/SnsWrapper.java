package org.deadletteroffice.core.decode;

import java.nio.charset.StandardCharsets;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.Tree;

/// What Amazon SNS puts around a message that it delivers to a queue without raw delivery: `Type`,
/// `MessageId`, `TopicArn`, `Message`, `Timestamp` and a signature.
final class SnsWrapper extends JsonEnvelope {
    SnsWrapper() {
        super("sns", "Message", "it has the members of an SNS notification");
    }

    @Override
    boolean mayBegin(byte[] payload) {
        return beginsWithMember(payload, "Type");
    }

    @Override
    boolean isOne(Tree.Obj object) {
        return !text(object, "TopicArn").isEmpty() && !text(object, "MessageId").isEmpty();
    }

    @Override
    String told(Tree.Obj object) {
        var topic = text(object, "TopicArn");
        return "SNS notification %s of topic %s%s; its signature fits the unedited message only."
                .formatted(
                        text(object, "MessageId"),
                        topic,
                        text(object, "Timestamp").isEmpty()
                                ? ""
                                : ", " + text(object, "Timestamp"));
    }

    @Override
    byte[] inside(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    String outside(byte[] inner, String before) throws EditException {
        return utf8(inner);
    }
}
