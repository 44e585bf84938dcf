package org.deadletteroffice.core.decode;

import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Headers;

/// A self-describing binary format: shown as a structure, edited as JSON, written back with every
/// byte that the edit did not touch as it lay.
abstract class BinaryDecoder implements PayloadDecoder {
    /// Larger ones are recognised by a header or a magic number only, not by trying.
    private static final int TRIED = 1 << 20;

    static final String TOO_LARGE = "It is larger than what is decoded; shown as bytes.";

    private final String name;
    private final BinaryFormat format;

    BinaryDecoder(String name, BinaryFormat format) {
        this.name = name;
        this.format = format;
    }

    @Override
    public final String name() {
        return name;
    }

    abstract boolean isDeclared(ContentType type);

    abstract boolean hasMagic(byte[] payload);

    /// The first byte may begin a map or an array.
    abstract boolean mayBegin(int first);

    @Override
    public final Match match(byte[] payload, Headers headers) {
        if (payload.length == 0) {
            return new Match(Certainty.NO, "it has no bytes");
        }
        int first = payload[0] & 0xFF;
        // Headers last: most payloads are text, and every message of a scan passes here.
        if (first < 0x80 && !mayBeDeclared(first)) {
            return new Match(Certainty.NO, "it begins like no " + name);
        }
        if (ContentType.of(headers).filter(this::isDeclared).isPresent()) {
            return new Match(Certainty.DECLARED, "the content type says " + name);
        }
        if (hasMagic(payload)) {
            return new Match(Certainty.CONTENT, "it begins with the magic number of " + name);
        }
        return mayBegin(first) && payload.length <= TRIED && readsAsStructure(payload)
                ? new Match(Certainty.LIKELY, "all of it reads as " + name)
                : new Match(Certainty.NO, "it does not read as " + name);
    }

    /// A single value of the format may begin like text.
    private static boolean mayBeDeclared(int first) {
        return first != '{' && first != '[' && first != '<';
    }

    private boolean readsAsStructure(byte[] payload) {
        try {
            return isTelling(format.read(payload, Limits.STANDARD), payload.length);
        } catch (UnreadableException notThisFormat) {
            return false;
        }
    }

    /// Two random bytes read as an array of one number: it takes more to believe it.
    private static boolean isTelling(Spot root, int length) {
        return switch (root.tree()) {
            case Tree.Obj(var members) ->
                    !members.isEmpty()
                            && root.keys().stream()
                                    .allMatch(
                                            key ->
                                                    key.tree() instanceof Tree.Text
                                                            || (length >= 8
                                                                    && key.tree()
                                                                            instanceof Tree.Num));
            case Tree.Arr(var items) ->
                    length >= 4
                            && items.stream()
                                    .anyMatch(
                                            item ->
                                                    item instanceof Tree.Obj
                                                            || (item instanceof Tree.Text(var text)
                                                                    && text.length() > 1));
            default -> false;
        };
    }

    @Override
    public final Decoded decode(byte[] payload, Headers headers, Limits limits) {
        if (payload.length > limits.bytes()) {
            return new Decoded.Opaque(name, TOO_LARGE, List.of());
        }
        try {
            return new Decoded.Structured(
                    name, null, format.read(payload, limits).tree(), List.of());
        } catch (UnreadableException broken) {
            return broken(name, broken);
        }
    }

    static Decoded broken(String format, UnreadableException broken) {
        return new Decoded.Opaque(
                format,
                "It is not readable as " + format + ": " + broken.sentence() + ".",
                new IssueList()
                        .error(broken.where(), "Not " + format + ": " + broken.sentence() + ".")
                        .all());
    }

    @Override
    public final Optional<String> editText(byte[] payload, Headers headers, Limits limits) {
        if (payload.length > limits.bytes()) {
            return Optional.empty();
        }
        try {
            return Optional.of(TreeEdit.text(format.read(payload, limits).tree()));
        } catch (UnreadableException broken) {
            return Optional.empty();
        }
    }

    @Override
    public final byte[] encode(String edited, byte[] original, Headers headers)
            throws EditException {
        Spot root;
        try {
            root = format.read(original, Limits.STANDARD);
        } catch (UnreadableException broken) {
            throw TreeEdit.cannot(
                    "It is not readable as "
                            + name
                            + ": "
                            + broken.sentence()
                            + "; edit it as hex.");
        }
        if (edited.equals(TreeEdit.text(root.tree()))) {
            return original;
        }
        return SpotPatch.apply(format, original, root, TreeEdit.parse(edited));
    }
}
