package org.deadletteroffice.core.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.Tree;
import org.jspecify.annotations.Nullable;

/// All words must occur somewhere in the message, ignoring case.
final class WordFilter implements Filter.Test {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final List<String> words;

    private WordFilter(List<String> words) {
        this.words = List.copyOf(words);
    }

    static WordFilter of(String text) {
        var words = new ArrayList<String>();
        var matcher = WORD.matcher(text);
        while (matcher.find()) {
            var quoted = matcher.group(1);
            var word = quoted != null ? quoted : matcher.group(2);
            if (word != null && !word.isEmpty()) {
                words.add(word.toLowerCase(Locale.ROOT));
            }
        }
        return new WordFilter(words);
    }

    @Override
    public boolean matches(MessageView message) {
        var texts = new Texts(message);
        for (var word : words) {
            if (!texts.contain(word)) {
                return false;
            }
        }
        return true;
    }

    /// The searched texts in lower case, each made when it is first needed.
    private static final class Texts {
        private final MessageView message;
        private @Nullable String around;
        private @Nullable String payload;

        Texts(MessageView message) {
            this.message = message;
        }

        boolean contain(String word) {
            if (around == null) {
                around = around();
            }
            if (around.contains(word)) {
                return true;
            }
            if (payload == null) {
                payload = payload();
            }
            return payload.contains(word);
        }

        private String around() {
            var out = new StringBuilder();
            var key = message.letter().key();
            if (key != null) {
                out.append(new String(key, StandardCharsets.UTF_8)).append('\n');
            }
            for (var header : message.letter().headers()) {
                var text = header.text();
                if (text != null) {
                    out.append(text).append('\n');
                }
            }
            var failure = message.failure();
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

        private String payload() {
            var bytes = message.letter().payload();
            if (bytes == null) {
                return "";
            }
            return text(message.decoded(), bytes).toLowerCase(Locale.ROOT);
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
                    if (raw.indexOf('\\') < 0 && bytes.length > 1 && bytes[1] != 0) {
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
