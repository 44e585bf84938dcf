package org.deadletteroffice.rabbitmq;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
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

    /// So many removed messages are remembered, so that one like them gets another name while
    /// somebody may still speak of them.
    static final int MOST_REMEMBERED = 20_000;

    /// The last turn of each name.
    private final Map<String, Integer> turns = new HashMap<>();

    /// How many messages of a name are known, where there were several.
    private final Map<String, Integer> several = new HashMap<>();

    private final ArrayDeque<String> removed = new ArrayDeque<>();
    private final MessageDigest digest;

    Identities() {
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
        var turn = turns.merge(name, 1, Integer::sum);
        if (turn > 1) {
            several.merge(name, turn == 2 ? 2 : 1, Integer::sum);
        }
        return new MessageId(turn == 1 ? name : name + '-' + turn);
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

    /// A message was removed. In time its name is forgotten, so that as many are kept as are held.
    void forget(MessageId id) {
        removed.add(name(id));
        if (removed.size() > MOST_REMEMBERED) {
            var name = removed.remove();
            var left = several.getOrDefault(name, 1) - 1;
            if (left == 0) {
                several.remove(name);
                turns.remove(name);
            } else {
                several.put(name, left);
            }
        }
    }

    /// How many names are known.
    int size() {
        return turns.size();
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
