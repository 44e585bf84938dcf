package org.deadletteroffice.demo.sqs;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// A message as one of the shop's programs sends it.
///
/// @param group its message group; null on a standard queue
record ShopMessage(
        String body, @Nullable String group, Map<String, MessageAttributeValue> attributes) {
    static ShopMessage of(String body) {
        return new ShopMessage(body, null, Map.of("source", text("shop")));
    }

    ShopMessage inGroup(String name) {
        return new ShopMessage(body, name, attributes);
    }

    ShopMessage with(Map<String, MessageAttributeValue> others) {
        return new ShopMessage(body, group, others);
    }

    static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
    }

    static MessageAttributeValue number(int value) {
        return MessageAttributeValue.builder()
                .dataType("Number")
                .stringValue(Integer.toString(value))
                .build();
    }
}
