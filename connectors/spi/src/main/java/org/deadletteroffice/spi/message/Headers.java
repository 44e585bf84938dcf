package org.deadletteroffice.spi.message;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The headers of one message in the broker's order. Immutable.
public record Headers(List<Header> all) implements Iterable<Header> {
    public static final Headers NONE = new Headers(List.of());

    public Headers {
        all = List.copyOf(all);
    }

    public static Headers of(Header... headers) {
        return new Headers(List.of(headers));
    }

    public boolean has(String name) {
        return all.stream().anyMatch(header -> header.name().equals(name));
    }

    public Optional<Header> first(String name) {
        return named(name).findFirst();
    }

    public Optional<Header> last(String name) {
        for (var header : all.reversed()) {
            if (header.name().equals(name)) {
                return Optional.of(header);
            }
        }
        return Optional.empty();
    }

    /// The last value of this name as UTF-8; empty where there is none or its value is null.
    public Optional<String> lastText(String name) {
        return last(name).map(Header::text);
    }

    public Stream<Header> named(String name) {
        return all.stream().filter(header -> header.name().equals(name));
    }

    public Headers without(Predicate<Header> dropped) {
        var kept = new ArrayList<Header>(all.size());
        for (var header : all) {
            if (!dropped.test(header)) {
                kept.add(header);
            }
        }
        return kept.size() == all.size() ? this : new Headers(kept);
    }

    public Headers plus(List<Header> added) {
        var both = new ArrayList<Header>(all.size() + added.size());
        both.addAll(all);
        both.addAll(added);
        return new Headers(both);
    }

    public int size() {
        return all.size();
    }

    @Override
    public Iterator<Header> iterator() {
        return all.iterator();
    }
}
