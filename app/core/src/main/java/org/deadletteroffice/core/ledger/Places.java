package org.deadletteroffice.core.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// By which numbers the store finds the pages of a message: one for each stretch of 4,096 where ids
/// count up, so that a log's page has one or two, and one for each message where they do not. Two
/// ids may share a number; whoever looks compares the ids.
final class Places {
    private static final int STRETCH_BITS = 12;

    /// @param low the smallest number of the stretch that is meant
    /// @param high the largest
    record Place(long number, long low, long high) {
        private Place and(long more) {
            return low <= more && more <= high
                    ? this
                    : new Place(number, Math.min(low, more), Math.max(high, more));
        }
    }

    static List<Place> of(Iterable<String> ids) {
        Map<Long, Place> places = new HashMap<>();
        var last = CountedId.NONE;
        var number = 0L;
        for (var text : ids) {
            var id = CountedId.of(text, last);
            if (!id.beginning().equals(last.beginning())
                    || id.number() >> STRETCH_BITS != last.number() >> STRETCH_BITS) {
                number = number(id.beginning(), id.number() >> STRETCH_BITS);
            }
            last = id;
            var before = places.get(number);
            places.put(
                    number,
                    before == null
                            ? new Place(number, id.number(), id.number())
                            : before.and(id.number()));
        }
        return List.copyOf(places.values());
    }

    /// FNV-1a over the letters, then the stretch, and MurmurHash3's last steps.
    private static long number(String beginning, long stretch) {
        var hash = 0xCBF29CE484222325L;
        for (var i = 0; i < beginning.length(); i++) {
            hash = (hash ^ beginning.charAt(i)) * 0x100000001B3L;
        }
        hash ^= stretch * 0x9E3779B97F4A7C15L;
        hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        hash = (hash ^ (hash >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return hash ^ (hash >>> 33);
    }

    private Places() {}
}
