package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.impl.ContentHeaderPropertyWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Properties whose headers are written in their order: the client's own keep them in a hash map.
final class OrderedProperties extends BasicProperties {
    private final Map<String, @Nullable Object> table;

    /// @param table the headers; none where it is empty
    OrderedProperties(BasicProperties plain, Map<String, @Nullable Object> table) {
        super(
                plain.getContentType(),
                plain.getContentEncoding(),
                table.isEmpty() ? null : table,
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
        this.table = new LinkedHashMap<>(table);
    }

    /// In the order of AMQP 0-9-1's content header.
    @Override
    public void writePropertiesTo(ContentHeaderPropertyWriter to) throws IOException {
        to.writePresence(getContentType() != null);
        to.writePresence(getContentEncoding() != null);
        to.writePresence(!table.isEmpty());
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
        if (!table.isEmpty()) {
            to.writeTable(table);
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
