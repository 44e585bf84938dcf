package org.deadletteroffice.core.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PlainBytes;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Failure;
import org.jspecify.annotations.Nullable;

/// All words must occur somewhere in the message, ignoring case.
///
/// Looks where looking costs least: in key and headers, then in the payload's bytes where they say
/// all (see [Searched#payloadReadsAsItStands]), and only then into what was decoded.
final class WordFilter implements Filter.Test {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final List<SearchWord> words;

    private WordFilter(List<SearchWord> words) {
        this.words = List.copyOf(words);
    }

    static WordFilter of(String text) {
        var words = new ArrayList<SearchWord>();
        var matcher = WORD.matcher(text);
        while (matcher.find()) {
            var quoted = matcher.group(1);
            var word = quoted != null ? quoted : matcher.group(2);
            if (word != null && !word.isEmpty()) {
                words.add(SearchWord.of(word));
            }
        }
        return new WordFilter(words);
    }

    @Override
    public boolean matches(Searched message) {
        var texts = new Texts(message);
        for (var word : words) {
            if (!texts.contain(word)) {
                return false;
            }
        }
        return true;
    }

    /// The searched texts, in lower case where they had to be made, each when it is first needed.
    private static final class Texts {
        private final Searched message;
        private @Nullable String failure;
        private @Nullable String payload;

        Texts(Searched message) {
            this.message = message;
        }

        boolean contain(SearchWord word) {
            if (stands(word)) {
                return true;
            }
            var bytes = message.letter().payload();
            boolean asItStands = message.payloadReadsAsItStands();
            if (asItStands && bytes != null && word.isIn(bytes)) {
                return true;
            }
            if (!(word.isPlain() && message.failureQuotesHeaders())) {
                if (failure == null) {
                    failure = failure(message.failure());
                }
                if (failure.contains(word.text())) {
                    return true;
                }
            }
            if (bytes == null || asItStands) {
                return false;
            }
            if (payload == null) {
                payload = text(message.decoded(), bytes).toLowerCase(Locale.ROOT);
            }
            return payload.contains(word.text());
        }

        private boolean stands(SearchWord word) {
            var key = message.letter().key();
            if (key != null && word.isIn(key)) {
                return true;
            }
            for (var header : message.letter().headers().all()) {
                var value = header.value();
                if (value != null && word.isIn(value)) {
                    return true;
                }
            }
            return false;
        }

        private static String failure(Failure failure) {
            var out = new StringBuilder();
            append(out, failure.type());
            append(out, failure.message());
            append(out, failure.origin().queue());
            append(out, failure.consumer());
            failure.chain().forEach(type -> append(out, type));
            return out.toString().toLowerCase(Locale.ROOT);
        }

        private static void append(StringBuilder out, @Nullable String text) {
            if (text != null) {
                out.append(text).append('\n');
            }
        }

        private static String text(Decoded decoded, byte[] bytes) {
            return switch (decoded) {
                case Decoded.PlainText(_, _, var text, _) -> text;
                case Decoded.Wrapped(_, var inner, var innerDecoded, _) ->
                        text(innerDecoded, inner);
                case Decoded.Opaque _ -> new String(bytes, StandardCharsets.UTF_8);
                case Decoded.Structured(_, _, var tree, _) -> {
                    var raw = new String(bytes, StandardCharsets.UTF_8);
                    // Escaped text is searched as it reads; all else is in the raw text.
                    if (PlainBytes.escapeNothing(bytes)) {
                        yield raw;
                    }
                    var out = new StringBuilder(raw).append('\n');
                    collect(tree, out);
                    yield out.toString();
                }
            };
        }

        private static void collect(Tree tree, StringBuilder out) {
            switch (tree) {
                case Tree.Obj(var members) -> {
                    for (var member : members) {
                        out.append(member.name()).append('\n');
                        collect(member.value(), out);
                    }
                }
                case Tree.Arr(var items) -> items.forEach(item -> collect(item, out));
                case Tree.Text(var value) -> out.append(value).append('\n');
                case Tree.Num(var literal) -> out.append(literal).append('\n');
                case Tree.Bool _, Tree.Null _, Tree.Bytes _ -> {}
            }
        }
    }
}
