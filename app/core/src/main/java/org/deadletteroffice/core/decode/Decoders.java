package org.deadletteroffice.core.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.deadletteroffice.core.browse.MessageView.CloudEventInfo;
import org.deadletteroffice.core.schema.SchemaChoice;
import org.deadletteroffice.core.schema.SchemaRef;
import org.deadletteroffice.core.schema.Schemas;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.decode.PlainBytes;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// All payload decoders, and the choice between them: what is asked for, else what the headers say,
/// else what the content shows. A decoder that was chosen by content and then fails gives way to
/// the next. Immutable and thread-safe.
///
/// Time is bounded by size: every built-in decoder is linear in its input and its output.
public final class Decoders {
    /// Compression inside compression inside … is looked into so often.
    static final int WRAPPERS = 4;

    /// Those that show text as it stands in the bytes, where nothing in it is escaped.
    private static final Set<Class<? extends PayloadDecoder>> AS_IT_STANDS =
            Set.of(
                    JsonDecoder.class,
                    NdjsonDecoder.class,
                    XmlDecoder.class,
                    YamlDecoder.class,
                    TextDecoder.class,
                    BytesDecoder.class);

    private final List<PayloadDecoder> decoders;
    private final List<PayloadDecoder> plain;

    /// Those that may show a text that does not stand in the bytes.
    private final List<PayloadDecoder> telling;

    /// What was chosen, and why.
    ///
    /// @param reason for the operator: `the content type says JSON`
    public record Choice(PayloadDecoder decoder, String reason) {}

    /// @param decoder the name of the decoder that read it
    /// @param reason why that one, in words
    public record Reading(String decoder, String reason, Decoded decoded) {}

    private Decoders(List<PayloadDecoder> plain, int wrappers) {
        var all = new ArrayList<PayloadDecoder>();
        if (wrappers > 0) {
            var inside = new Decoders(plain, wrappers - 1);
            for (var wrapper : WrapperDecoder.wrappers()) {
                all.add(new WrapperDecoder(wrapper, inside));
            }
            all.add(new CloudEventsDecoder(new Decoders(plain)));
        }
        all.addAll(plain);
        decoders = List.copyOf(all);
        this.plain = List.copyOf(plain);
        this.telling = telling(decoders);
    }

    /// Those that read a payload with nothing inside.
    private Decoders(List<PayloadDecoder> plain) {
        decoders = List.copyOf(plain);
        this.plain = decoders;
        this.telling = telling(decoders);
    }

    private static List<PayloadDecoder> telling(List<PayloadDecoder> all) {
        return all.stream().filter(decoder -> !AS_IT_STANDS.contains(decoder.getClass())).toList();
    }

    /// Whether a payload has to be unpacked to be read.
    public static boolean isCompressed(byte[] payload, Headers headers) {
        return Compression.isAny(payload, headers);
    }

    /// The built-in ones and those on the class path; a broken one is left out and logged.
    public static Decoders standard() {
        return Standard.DECODERS;
    }

    private static final class Standard {
        static final Decoders DECODERS = new Decoders(load(), WRAPPERS);

        private static List<PayloadDecoder> load() {
            var found = new ArrayList<PayloadDecoder>();
            for (var each = ServiceLoader.load(PayloadDecoder.class).stream().iterator(); ; ) {
                try {
                    if (!each.hasNext()) {
                        return found;
                    }
                    found.add(each.next().get());
                } catch (ServiceConfigurationError | LinkageError broken) {
                    LoggerFactory.getLogger(Decoders.class)
                            .warn("A payload decoder could not be loaded and is left out", broken);
                }
            }
        }
    }

    /// The same, with a place to ask for schemas.
    public Decoders with(Schemas schemas) {
        return new Decoders(
                plain.stream()
                        .map(
                                decoder ->
                                        decoder instanceof RegistryDecoder
                                                ? new RegistryDecoder(schemas)
                                                : decoder)
                        .toList(),
                WRAPPERS);
    }

    /// The names to choose from.
    public List<String> names() {
        return decoders.stream().map(PayloadDecoder::name).toList();
    }

    public Optional<PayloadDecoder> named(String name) {
        return decoders.stream().filter(decoder -> decoder.name().equals(name)).findFirst();
    }

    /// Reads a payload within the standard limits. Never throws.
    ///
    /// @param payload null for a tombstone
    /// @param override the name of the decoder to use; null lets it be chosen; an unknown name is
    ///     told and ignored
    public Reading decode(byte @Nullable [] payload, Headers headers, @Nullable String override) {
        return decode(payload, headers, override, Limits.STANDARD);
    }

    Reading decode(
            byte @Nullable [] payload, Headers headers, @Nullable String override, Limits limits) {
        if (payload == null) {
            return new Reading(
                    "bytes",
                    "there is no payload",
                    new Decoded.Opaque(
                            "tombstone",
                            "A tombstone: the payload is null, which differs from empty.",
                            List.of()));
        }
        if (override != null) {
            var asked = named(override);
            if (asked.isPresent()) {
                return new Reading(
                        override, "it was asked for", asked.get().decode(payload, headers, limits));
            }
        }
        var unknown = override == null ? "" : "; there is no decoder called '" + override + "'";
        var refused = new IssueList();
        for (var candidate : candidates(payload, headers)) {
            var decoded = candidate.decoder().decode(payload, headers, limits);
            var match = candidate.match();
            if (match.certainty() != Certainty.DECLARED
                    && match.certainty() != Certainty.FALLBACK
                    && IssueList.hasError(decoded)
                    && !(decoded instanceof Decoded.Wrapped)) {
                for (var issue : decoded.issues()) {
                    refused.info(
                            issue.where(),
                            "Looks like " + candidate.decoder().name() + ". " + issue.sentence());
                }
                continue;
            }
            var issues = new IssueList().addAll(decoded.issues()).addAll(refused.all());
            return new Reading(
                    candidate.decoder().name(),
                    match.reason() + unknown,
                    refused.all().isEmpty()
                            ? decoded
                            : IssueList.with(decoded, decoded.format(), issues.all()));
        }
        return new Reading(
                "bytes",
                "nothing can read it" + unknown,
                new Decoded.Opaque("bytes", "No decoder reads it; shown as bytes.", refused.all()));
    }

    /// Whether all text that [#decode] would show of a payload stands in its bytes as UTF-8. Told
    /// without decoding it; false where that takes more than a glance.
    public boolean readsAsItStands(
            byte @Nullable [] payload, Headers headers, @Nullable String override) {
        if (override != null
                || payload == null
                || payload.length == 0
                || payload.length > Limits.STANDARD.bytes()
                || !PlainBytes.escapeNothing(payload)
                || !isUtf8(payload, headers)) {
            return false;
        }
        for (var decoder : telling) {
            if (decoder.match(payload, headers).certainty() != Certainty.NO) {
                return false;
            }
        }
        return true;
    }

    /// Without a charset that somebody names, JSON is UTF-8, and of other text only ASCII is sure.
    private static boolean isUtf8(byte[] payload, Headers headers) {
        var named = ContentType.of(headers).flatMap(ContentType::charsetName);
        if (named.isPresent() && !named.get().equalsIgnoreCase("utf-8")) {
            return false;
        }
        return switch (payload[0]) {
            case '{', '[' -> PlainBytes.isUtf8(payload);
            // An XML declaration may name any charset.
            case '<' -> payload[1 % payload.length] != '?' && PlainBytes.isAscii(payload);
            default -> payload[0] > ' ' && PlainBytes.isAscii(payload);
        };
    }

    /// The decoder that [#decode] would read `payload` with.
    public Choice choose(byte[] payload, Headers headers, @Nullable String override) {
        var reading = decode(payload, headers, override);
        return new Choice(named(reading.decoder()).orElseThrow(), reading.reason());
    }

    /// Whether a text fits a schema, its own or another one. May block for the registry.
    ///
    /// @param edited as [PayloadDecoder#editText] gives it
    public SchemaJudgement judge(
            String edited,
            byte[] original,
            Headers headers,
            @Nullable String decoder,
            SchemaChoice choice) {
        return switch (choice) {
            case SchemaChoice.Own() ->
                    choose(original, headers, decoder).decoder() instanceof SchemaChecking checking
                            ? checking.judgeByItsOwn(edited, original, headers)
                            : SchemaJudgement.NONE_NAMED;
            case SchemaChoice.Latest(var subject) ->
                    registry().judge(edited, new SchemaRef.Latest(subject));
            case SchemaChoice.InFile(var file) ->
                    registry().judge(edited, "the file " + file, Schemas.inFile(file));
            case SchemaChoice.Given(var named, var answer) ->
                    registry().judge(edited, named, answer);
        };
    }

    private RegistryDecoder registry() {
        return plain.stream()
                .filter(RegistryDecoder.class::isInstance)
                .map(RegistryDecoder.class::cast)
                .findFirst()
                .orElseGet(RegistryDecoder::new);
    }

    /// The CloudEvents attributes of what was read; null for anything else.
    public static @Nullable CloudEventInfo cloudEvent(Headers headers, Decoded decoded) {
        return CloudEvents.info(headers, decoded);
    }

    private record Candidate(PayloadDecoder decoder, Match match) {}

    /// Surest first; among equals the earlier. Compression goes before everything: whatever a
    /// header says of the content, it is inside.
    private List<Candidate> candidates(byte[] payload, Headers headers) {
        var found = new ArrayList<Candidate>(decoders.size());
        for (var decoder : decoders) {
            var match = decoder.match(payload, headers);
            if (match.certainty() == Certainty.NO) {
                continue;
            }
            var candidate = new Candidate(decoder, match);
            if (decoder instanceof WrapperDecoder wrapper && wrapper.goesFirst()) {
                return List.of(candidate);
            }
            int at = found.size();
            while (at > 0
                    && found.get(at - 1).match().certainty().compareTo(match.certainty()) < 0) {
                at--;
            }
            found.add(at, candidate);
        }
        return found;
    }
}
