package org.deadletteroffice.core.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.deadletteroffice.core.browse.FailureGroup;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.spi.message.MessageId;
import org.jspecify.annotations.Nullable;

/// The messages of one queue that a filter means, each as a few packed numbers (some 45 bytes), and
/// their groups. Answers counts and groups without a broker. One thread at a time.
final class MessageIndex {
    /// Past this many different failures the rest is one group without a name of its own.
    static final int MAX_GROUPS = 20_000;

    private static final int MAX_ORIGINS = 20;
    private static final int SPANS = 24;
    private static final long NO_TIME = Long.MIN_VALUE;

    private IdTable ids = new IdTable();
    private int[] groupOf = new int[1_024];
    private long[] timeOf = new long[1_024];
    private BitSet returned = new BitSet();
    private BitSet poison = new BitSet();
    private final BitSet resolved = new BitSet();

    /// Resolved or not, sent by a job: counts for the share that came back.
    private final BitSet sent = new BitSet();

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Group> groups = new ArrayList<>();
    private boolean overflowed;

    /// What does not change when messages are added to the group.
    private static final class Group {
        private final String fingerprint;
        private final @Nullable String type;
        private final @Nullable String message;
        private final int first;
        private final TreeSet<String> origins = new TreeSet<>();

        Group(String fingerprint, @Nullable String type, @Nullable String message, int first) {
            this.fingerprint = fingerprint;
            this.type = type;
            this.message = message;
            this.first = first;
        }
    }

    int size() {
        return ids.size();
    }

    boolean overflowed() {
        return overflowed;
    }

    MessageId id(int number) {
        return ids.get(number);
    }

    int find(MessageId id) {
        return ids.find(id);
    }

    /// False where it is here already: brokers may give a message twice.
    boolean add(IndexedMessage message) {
        int number = ids.add(message.letter().id());
        if (number < 0) {
            return false;
        }
        if (number == groupOf.length) {
            int longer = number + (number >> 1);
            groupOf = Arrays.copyOf(groupOf, longer);
            timeOf = Arrays.copyOf(timeOf, longer);
        }
        var group = group(message, number);
        groupOf[number] = group;
        var time = message.time();
        timeOf[number] = time == null ? NO_TIME : time.toEpochMilli();
        if (message.returns() > 0) {
            returned.set(number);
        }
        if (message.returns() >= RedriveRequest.DEFAULT_MAX_RETURNS) {
            poison.set(number);
        }
        var origin = message.failure().origin().queue();
        var origins = groups.get(group).origins;
        if (origin != null && origins.size() < MAX_ORIGINS) {
            origins.add(origin);
        }
        return true;
    }

    private int group(IndexedMessage message, int number) {
        var known = numbers.get(message.fingerprint());
        if (known != null) {
            return known;
        }
        if (groups.size() == MAX_GROUPS) {
            overflowed = true;
            return MAX_GROUPS - 1;
        }
        var failure = message.failure();
        groups.add(
                new Group(
                        message.fingerprint(),
                        failure.type(),
                        shortened(failure.message()),
                        number));
        numbers.put(message.fingerprint(), groups.size() - 1);
        return groups.size() - 1;
    }

    private static @Nullable String shortened(@Nullable String message) {
        return message == null || message.length() <= 2_000
                ? message
                : message.substring(0, 2_000) + "…";
    }

    /// Without fates: the ledger is asked anew.
    void write(IndexWriting out) throws IOException {
        ids.write(out);
        out.number(groups.size());
        for (var group : groups) {
            out.text(group.fingerprint);
            out.text(group.type);
            out.text(group.message);
            out.number(group.first);
            out.number(group.origins.size());
            for (var origin : group.origins) {
                out.text(origin);
            }
        }
        out.number(overflowed ? 1 : 0);
        out.ints(groupOf, size());
        out.longs(timeOf, size());
        out.bits(returned);
        out.bits(poison);
    }

    static MessageIndex read(IndexReading in) throws IOException {
        var index = new MessageIndex();
        index.ids = IdTable.read(in);
        int size = index.size();
        int count = in.count(1);
        for (int i = 0; i < count; i++) {
            var fingerprint = required(in.text());
            var group = new Group(fingerprint, in.text(), in.text(), in.count(1));
            int origins = in.count(1);
            for (int j = 0; j < origins; j++) {
                group.origins.add(required(in.text()));
            }
            index.groups.add(group);
            index.numbers.put(fingerprint, i);
        }
        index.overflowed = in.number() == 1;
        index.groupOf = Arrays.copyOf(in.ints(size), Math.max(size, 1_024));
        index.timeOf = Arrays.copyOf(in.longs(size), Math.max(size, 1_024));
        index.returned = in.bits();
        index.poison = in.bits();
        for (int i = 0; i < size; i++) {
            if (index.groupOf[i] < 0 || index.groupOf[i] >= count) {
                throw new IOException("a message of no group");
            }
        }
        return index;
    }

    private static String required(@Nullable String text) throws IOException {
        if (text == null) {
            throw new IOException("a text is missing");
        }
        return text;
    }

    void forgetFates() {
        resolved.clear();
        sent.clear();
    }

    void setFate(int number, boolean isResolved, boolean isSent) {
        resolved.set(number, isResolved);
        sent.set(number, isSent);
    }

    /// @param fingerprint null for all groups
    long count(@Nullable String fingerprint, boolean includeResolved) {
        if (fingerprint == null) {
            return includeResolved ? size() : (long) size() - resolved.cardinality();
        }
        var group = numbers.get(fingerprint);
        if (group == null) {
            return 0;
        }
        long count = 0;
        for (int i = 0; i < size(); i++) {
            if (groupOf[i] == group && (includeResolved || !resolved.get(i))) {
                count++;
            }
        }
        return count;
    }

    /// Largest first.
    List<FailureGroup> groups(boolean includeResolved) {
        IntPredicate meant = i -> includeResolved || !resolved.get(i);
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int i = 0; i < size(); i++) {
            if (timeOf[i] != NO_TIME && meant.test(i)) {
                first = Math.min(first, timeOf[i]);
                last = Math.max(last, timeOf[i]);
            }
        }
        var sums = new Sums[groups.size()];
        for (int i = 0; i < size(); i++) {
            var sum = sums[groupOf[i]];
            if (sum == null) {
                sum = new Sums();
                sums[groupOf[i]] = sum;
            }
            if (returned.get(i)) {
                sum.returned++;
            }
            if (sent.get(i)) {
                sum.sent++;
            }
            if (meant.test(i)) {
                sum.add(i, timeOf[i], poison.get(i), first, last);
            }
        }
        var told = new ArrayList<FailureGroup>();
        for (int g = 0; g < sums.length; g++) {
            var sum = sums[g];
            if (sum != null && sum.count > 0) {
                told.add(sum.told(groups.get(g), ids));
            }
        }
        told.sort(
                Comparator.comparingLong(FailureGroup::count)
                        .reversed()
                        .thenComparing(FailureGroup::fingerprint));
        return told;
    }

    /// The sums of one group, in one walk over all messages.
    private static final class Sums {
        private long count;
        private long returned;
        private long sent;
        private int poison;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;
        private int sample = -1;
        private final long[] trend = new long[SPANS];

        void add(int number, long time, boolean isPoison, long queueFirst, long queueLast) {
            count++;
            if (sample < 0) {
                sample = number;
            }
            if (isPoison) {
                poison++;
            }
            if (time == NO_TIME) {
                return;
            }
            first = Math.min(first, time);
            last = Math.max(last, time);
            long width = queueLast - queueFirst + 1;
            trend[(int) Math.min(SPANS - 1, (time - queueFirst) * (double) SPANS / width)]++;
        }

        FailureGroup told(Group group, IdTable ids) {
            boolean timed = first != Long.MAX_VALUE;
            long redriven = Math.max(sent, returned);
            return new FailureGroup(
                    group.fingerprint,
                    group.type,
                    group.message,
                    count,
                    timed ? java.time.Instant.ofEpochMilli(first) : null,
                    timed ? java.time.Instant.ofEpochMilli(last) : null,
                    List.copyOf(group.origins),
                    redriven == 0 ? null : (double) returned / redriven,
                    poison,
                    Arrays.stream(trend).boxed().toList(),
                    ids.get(sample < 0 ? group.first : sample));
        }
    }
}
