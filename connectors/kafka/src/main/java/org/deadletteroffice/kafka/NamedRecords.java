package org.deadletteroffice.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.deadletteroffice.kafka.Records.Place;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.DeadLetter;

/// Fetches single records by partition and offset.
final class NamedRecords {
    /// Reading on over so many offsets is cheaper than asking anew.
    private static final long NEAR = 500;

    private final Clients clients;
    private final Topic topic;

    NamedRecords(Clients clients, Topic topic) {
        this.clients = clients;
        this.topic = topic;
    }

    /// The records that still exist.
    Map<Place, DeadLetter> read(Collection<Place> places) throws BrokerException {
        var wanted = new TreeMap<Integer, TreeSet<Long>>();
        for (var place : places) {
            var p = place.partition();
            if (p < topic.partitions()
                    && place.offset() >= topic.start()[p]
                    && place.offset() < topic.end()[p]) {
                wanted.computeIfAbsent(p, _ -> new TreeSet<>()).add(place.offset());
            }
        }
        if (wanted.isEmpty()) {
            return Map.of();
        }
        var found = new HashMap<Place, DeadLetter>();
        try (var reader = new LogReader(clients, Clients.Use.PAGE, topic)) {
            for (var partition : wanted.entrySet()) {
                reader.assign(List.of(partition.getKey()));
                read(reader, partition.getKey(), partition.getValue(), found);
            }
        }
        return found;
    }

    private void read(LogReader reader, int p, Set<Long> offsets, Map<Place, DeadLetter> found)
            throws BrokerException {
        var left = new TreeSet<>(offsets);
        var position = -1L;
        // Each record has the whole timeout: a thousand far apart take a while.
        var deadline = clients.deadline();
        var passed = new HashSet<Long>();
        while (!left.isEmpty()) {
            var next = left.first();
            if (position < 0 || next < position || next - position > NEAR) {
                reader.seek(p, next);
            }
            for (var entry : reader.poll(deadline)) {
                if (left.contains(entry.place().offset())) {
                    found.put(entry.place(), entry.message());
                }
            }
            var before = position;
            position = reader.position(p, deadline);
            passed.addAll(left.headSet(position));
            left.removeAll(passed);
            if (position > before || !passed.isEmpty()) {
                deadline = clients.deadline();
            }
            passed.clear();
            if (deadline.passed() && !left.isEmpty()) {
                throw clients.errors().unreachable(reader.act(), null);
            }
        }
    }
}
