package org.deadletteroffice.rabbitmq;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.MessageId;

/// A place in a queue that has no places: behind the messages that were seen last.
///
/// @param family what `ordinal` counts from: places of one family began at the same head
/// @param ordinal how many messages lay before it, those included that are gone since
/// @param live how many lay before it when `removed` messages had been removed over this connection
/// @param removed see `live`
/// @param purges how often the queue had been purged over this connection
/// @param anchors the names of the messages before it, the nearest last
record Place(
        String family,
        long ordinal,
        long live,
        long removed,
        long purges,
        List<MessageId> anchors) {
    /// So many names are enough to find a place of which some messages are gone.
    static final int ANCHORS = 8;

    Place {
        anchors = List.copyOf(anchors);
    }

    Cursor cursor() {
        return new Cursor.Token(
                String.join(
                        "~",
                        family,
                        Long.toString(ordinal),
                        Long.toString(live),
                        Long.toString(removed),
                        Long.toString(purges),
                        anchors.stream().map(MessageId::text).collect(Collectors.joining("."))));
    }

    /// Empty for what no connection of ours ever wrote.
    static Optional<Place> read(String token) {
        var parts = token.split("~", -1);
        if (parts.length != 6 || parts[0].isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Place(
                            parts[0],
                            number(parts[1]),
                            number(parts[2]),
                            number(parts[3]),
                            number(parts[4]),
                            Arrays.stream(parts[5].split("\\."))
                                    .filter(name -> !name.isEmpty())
                                    .map(MessageId::new)
                                    .toList()));
        } catch (NumberFormatException malformed) {
            return Optional.empty();
        }
    }

    private static long number(String text) {
        var number = Long.parseLong(text);
        if (number < 0) {
            throw new NumberFormatException(text);
        }
        return number;
    }
}
