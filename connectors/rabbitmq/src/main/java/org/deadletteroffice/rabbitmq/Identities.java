package org.deadletteroffice.rabbitmq;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.jspecify.annotations.Nullable;

/// Names for messages that have none: RabbitMQ gives a message no number, and a delivery tag lasts
/// for one look. So a message is named by a digest of all that it says, and one that is byte for
/// byte like an earlier one of the same queue by its turn among them: `k3v5…`, `k3v5…-2`.
///
/// What the broker changes by each look (delivery counters, the redelivered flag) is no part of it.
final class Identities {
    private static final char[] LETTERS = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();

    /// 16 letters of 5 bits: of 10 million messages two are taken for one by a chance of 1 to
    /// 10^10.
    private static final int LENGTH = 16;

    private final Predicate<MessageId> isKnown;

    /// Of the names that several messages had.
    private final Map<String, Twins> several = new HashMap<>();

    private final MessageDigest digest;

    /// Messages of one name.
    private static final class Twins {
        private int turn = 1;

        /// How many of them are known.
        private int known = 1;
    }

    /// @param isKnown whether a message of this name is held, or was removed so lately that
    ///     somebody may still speak of it: one like it gets another name
    Identities(Predicate<MessageId> isKnown) {
        this.isKnown = isKnown;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The next message of the queue, counted from its head.
    MessageId next(byte[] payload, Headers headers, @Nullable Object timestamp) {
        digest.update(payload);
        for (var header : headers) {
            digest.update((byte) 0);
            digest.update(header.name().getBytes(StandardCharsets.UTF_8));
            var value = header.value();
            if (value != null) {
                digest.update((byte) 1);
                digest.update(value);
            }
        }
        digest.update(String.valueOf(timestamp).getBytes(StandardCharsets.UTF_8));
        var name = letters(digest.digest());
        var first = new MessageId(name);
        // Few queues have twins, and each message passes here.
        if (!isKnown.test(first) && (several.isEmpty() || !several.containsKey(name))) {
            return first;
        }
        var twins = several.computeIfAbsent(name, _ -> new Twins());
        twins.known++;
        return new MessageId(name + '-' + ++twins.turn);
    }

    /// Whether others that are byte for byte like this one are known, those that were removed not
    /// long ago included.
    boolean hasTwins(MessageId id) {
        return !several.isEmpty() && several.containsKey(name(id));
    }

    /// Without its turn.
    private static String name(MessageId id) {
        var text = id.text();
        return text.length() <= LENGTH ? text : text.substring(0, LENGTH);
    }

    /// A message is not known any more.
    void forget(MessageId id) {
        if (several.isEmpty()) {
            return;
        }
        var name = name(id);
        var twins = several.get(name);
        if (twins != null && --twins.known == 0) {
            several.remove(name);
        }
    }

    /// How many names are kept.
    int size() {
        return several.size();
    }

    private static String letters(byte[] hash) {
        var text = new char[LENGTH];
        var length = 0;
        var bits = 0L;
        var count = 0;
        for (var index = 0; length < LENGTH; index++) {
            bits = (bits << 8) | (hash[index] & 0xff);
            count += 8;
            while (count >= 5 && length < LENGTH) {
                text[length++] = LETTERS[(int) ((bits >> (count - 5)) & 31)];
                count -= 5;
            }
        }
        return new String(text);
    }
}
