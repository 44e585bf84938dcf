package org.deadletteroffice.core.decode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.message.Headers;

/// YAML, where a content type says so or a document mark begins it: any text at all is YAML, so
/// looking alike is not enough. Edited as its own text.
public final class YamlDecoder implements PayloadDecoder {
    private static final Match DECLARED =
            new Match(Certainty.DECLARED, "the content type says YAML");
    private static final Match MARK =
            new Match(Certainty.LIKELY, "it begins with YAML's document mark");
    private static final Match NO = new Match(Certainty.NO, "nothing says that it is YAML");

    @Override
    public String name() {
        return "yaml";
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        if (payload.length == 0 || payload[0] == 0) {
            return NO;
        }
        if (begins(payload, "---\n") || begins(payload, "---\r\n") || begins(payload, "%YAML ")) {
            return MARK;
        }
        return ContentType.of(headers).filter(ContentType::isYaml).isPresent() ? DECLARED : NO;
    }

    private static boolean begins(byte[] payload, String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            if (i >= payload.length || payload[i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Decoded decode(byte[] payload, Headers headers, Limits limits) {
        if (payload.length > limits.bytes()) {
            return new Decoded.Opaque(name(), BinaryDecoder.TOO_LARGE, List.of());
        }
        var text = TextBytes.read(payload, StandardCharsets.UTF_8);
        var issues = new IssueList();
        if (!text.exact()) {
            issues.warning("byte " + text.badByte(), "It is not valid UTF-8 throughout.");
        }
        try {
            var tree = YamlValues.read(text.text(), limits.depth());
            return new Decoded.Structured(name(), null, tree, issues.all());
        } catch (SyntaxProblem problem) {
            issues.error(problem.where(), "Not YAML: " + problem.sentence() + ".");
            return new Decoded.PlainText(name(), text.charset().name(), text.text(), issues.all());
        }
    }

    @Override
    public Optional<String> editText(byte[] payload, Headers headers, Limits limits) {
        if (payload.length > limits.bytes()) {
            return Optional.empty();
        }
        var text = TextBytes.read(payload, StandardCharsets.UTF_8);
        return text.exact() ? Optional.of(text.text()) : Optional.empty();
    }

    @Override
    public byte[] encode(String edited, byte[] original, Headers headers) throws EditException {
        var text = TextBytes.read(original, StandardCharsets.UTF_8);
        if (text.exact() && edited.equals(text.text())) {
            return original;
        }
        try {
            YamlValues.read(edited, Limits.STANDARD.depth());
        } catch (SyntaxProblem problem) {
            throw problem.asEdit("YAML");
        }
        var bytes = text.encode(edited);
        if (bytes == null) {
            throw TextDecoder.notIn(text.charset());
        }
        return bytes;
    }
}
