package org.deadletteroffice.core.cause;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Origin;
import org.jspecify.annotations.Nullable;

/// Homemade headers: `x-error-message`, `exception`, `dlq-reason`, `original_topic`, `errorType`, …
/// in any spelling. A message counts as dead when one of them tells an error or, by an expressly
/// dead-letter name, an origin; only then do weaker names (`attempts`, `source-topic`) join in. Of
/// a repeated name the last counts.
public final class GeneralReader implements QuotesHeaders {
    /// Header names are few and come again with every message.
    private static final int REMEMBERED = 4_096;

    /// Of a message with more headers the rest is passed over: nobody writes so many, except to
    /// stop whoever looks.
    private static final int LOOKED_AT = 5_000;

    private final Map<String, Optional<HeaderMeaning>> meanings = new ConcurrentHashMap<>();

    private volatile @Nullable Told last;

    @Override
    public String name() {
        return "headers";
    }

    @Override
    public int order() {
        return 101;
    }

    @Override
    public boolean speaks(Headers headers) {
        return told(headers).death;
    }

    @Override
    public Optional<Failure> read(DeadLetter message) {
        var headers = message.headers();
        var evidence = new Evidence(headers);
        var values = new EnumMap<HeaderMeaning.What, byte[]>(HeaderMeaning.What.class);
        for (var header : lookedAt(headers)) {
            var value = header.value();
            var meaning = meaning(header.name());
            if (value != null && meaning.isPresent()) {
                values.put(meaning.get().what(), value);
                evidence.told(header.name());
            }
        }
        var said = Evidence.text(values.get(HeaderMeaning.What.MESSAGE));
        var trace = Evidence.text(values.get(HeaderMeaning.What.STACK_TRACE));
        var type = Evidence.text(values.get(HeaderMeaning.What.TYPE));
        var error = Evidence.text(values.get(HeaderMeaning.What.ERROR));
        if (error != null) {
            // `error` or `exception` alone: a class name, `class: text`, a stack trace or a text.
            int end = StackTraces.typeEnd(error, 0);
            boolean className =
                    end > 0
                            && (end == error.length() || error.startsWith(": ", end))
                            && error.substring(0, end).matches(".*([.][A-Z]|Exception|Error).*");
            if (trace == null && TraceLanguage.of(error) != null) {
                trace = error;
            } else if (className && type == null) {
                type = error.substring(0, end);
                if (said == null && end < error.length()) {
                    said = error.substring(end + 2);
                }
            } else if (said == null) {
                said = error;
            }
        }
        var first = Evidence.instant(values.get(HeaderMeaning.What.FIRST_DEATH));
        var last = Evidence.instant(values.get(HeaderMeaning.What.LAST_DEATH));
        return Optional.of(
                RootCause.of(type, null, said, trace)
                        .into(Failure.builder())
                        .stackTrace(trace)
                        .origin(
                                new Origin(
                                        Evidence.text(values.get(HeaderMeaning.What.QUEUE)),
                                        Evidence.toInt(
                                                Evidence.number(
                                                        values.get(HeaderMeaning.What.PARTITION))),
                                        Evidence.number(values.get(HeaderMeaning.What.POSITION))))
                        .consumer(Evidence.text(values.get(HeaderMeaning.What.CONSUMER)))
                        .tries(
                                Evidence.toInt(
                                        Evidence.number(values.get(HeaderMeaning.What.TRIES))))
                        .firstDeath(first)
                        .lastDeath(last)
                        .reader(name())
                        .evidence(evidence.names())
                        .build());
    }

    /// Asked for each header of a message: what one message tells is found out once.
    @SuppressWarnings("ReferenceEquality") // The same object: to compare a list with itself costs.
    private Told told(Headers headers) {
        var known = last;
        if (known == null || known.headers != headers) {
            known = tell(headers);
            last = known;
        }
        return known;
    }

    /// @param names the headers of a meaning
    private record Told(Headers headers, boolean death, Set<String> names) {}

    private Told tell(Headers headers) {
        boolean death = false;
        var names = new HashSet<String>();
        for (var header : lookedAt(headers)) {
            var meaning = meaning(header.name());
            if (meaning.isPresent()) {
                death |= meaning.get().strong();
                names.add(header.name());
            }
        }
        return new Told(headers, death, names);
    }

    private static List<Header> lookedAt(Headers headers) {
        return headers.all().subList(0, Math.min(headers.size(), LOOKED_AT));
    }

    private Optional<HeaderMeaning> meaning(String name) {
        var known = meanings.get(name);
        if (known != null) {
            return known;
        }
        @Nullable HeaderMeaning found = RedriveMark.isMark(name) ? null : HeaderMeaning.of(name);
        var meaning = Optional.ofNullable(found);
        if (meanings.size() < REMEMBERED && name.length() <= 200) {
            meanings.put(name, meaning);
        }
        return meaning;
    }

    @Override
    public boolean isFailureHeader(Header header, Headers all) {
        var told = told(all);
        return told.death && told.names.contains(header.name());
    }
}
