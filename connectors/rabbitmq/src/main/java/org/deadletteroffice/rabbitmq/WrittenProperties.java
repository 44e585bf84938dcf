package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.LongString;
import com.rabbitmq.client.impl.ContentHeaderPropertyWriter;
import com.rabbitmq.client.impl.LongStringHelper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.deadletteroffice.rabbitmq.FieldTable.Field;
import org.jspecify.annotations.Nullable;

/// Properties whose headers are written in their order and with their types: the client's own keep
/// them in a hash map, and write some types as others.
final class WrittenProperties extends BasicProperties {
    private final LongString table;

    /// @param table the headers; none where it is empty
    /// @throws IllegalArgumentException when a value is none of its type
    WrittenProperties(BasicProperties plain, Map<String, Field> table) {
        super(
                plain.getContentType(),
                plain.getContentEncoding(),
                table.isEmpty() ? null : forTheClient(table),
                plain.getDeliveryMode(),
                plain.getPriority(),
                plain.getCorrelationId(),
                plain.getReplyTo(),
                plain.getExpiration(),
                plain.getMessageId(),
                plain.getTimestamp(),
                plain.getType(),
                plain.getUserId(),
                plain.getAppId(),
                plain.getClusterId());
        this.table = LongStringHelper.asLongString(FieldTable.write(table));
    }

    /// How long the headers are.
    long tableBytes() {
        return table.length();
    }

    /// What reads a message's headers before it goes finds the texts.
    private static Map<String, @Nullable Object> forTheClient(Map<String, Field> table) {
        Map<String, @Nullable Object> all = new HashMap<>();
        table.forEach(
                (name, field) ->
                        all.put(
                                name,
                                field.type() == TypedValue.STRING
                                        ? LongStringHelper.asLongString(field.bytes())
                                        : field.value()));
        return all;
    }

    /// In the order of AMQP 0-9-1's content header.
    @Override
    public void writePropertiesTo(ContentHeaderPropertyWriter to) throws IOException {
        to.writePresence(getContentType() != null);
        to.writePresence(getContentEncoding() != null);
        to.writePresence(table.length() > 0);
        to.writePresence(getDeliveryMode() != null);
        to.writePresence(getPriority() != null);
        to.writePresence(getCorrelationId() != null);
        to.writePresence(getReplyTo() != null);
        to.writePresence(getExpiration() != null);
        to.writePresence(getMessageId() != null);
        to.writePresence(getTimestamp() != null);
        to.writePresence(getType() != null);
        to.writePresence(getUserId() != null);
        to.writePresence(getAppId() != null);
        to.writePresence(getClusterId() != null);
        to.finishPresence();
        writeText(to, getContentType());
        writeText(to, getContentEncoding());
        if (table.length() > 0) {
            // Both are a length and so many bytes.
            to.writeLongstr(table);
        }
        if (getDeliveryMode() != null) {
            to.writeOctet(getDeliveryMode());
        }
        if (getPriority() != null) {
            to.writeOctet(getPriority());
        }
        writeText(to, getCorrelationId());
        writeText(to, getReplyTo());
        writeText(to, getExpiration());
        writeText(to, getMessageId());
        if (getTimestamp() != null) {
            to.writeTimestamp(getTimestamp());
        }
        writeText(to, getType());
        writeText(to, getUserId());
        writeText(to, getAppId());
        writeText(to, getClusterId());
    }

    private static void writeText(ContentHeaderPropertyWriter to, @Nullable String text)
            throws IOException {
        if (text != null) {
            to.writeShortstr(text);
        }
    }
}
