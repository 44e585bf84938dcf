package org.deadletteroffice.core.decode;

import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import com.amazon.ion.system.IonReaderBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;

/// Ion over Amazon's own reader, value by value. Apart from the decoder, so that a scan of other
/// formats does not load it.
final class IonValues {
    /// More digits are not computed with.
    private static final int MAX_DIGITS = 1_000;

    private static final int MOST_ANNOTATIONS = 20;

    private final IonReader reader;
    private final Limits limits;
    private final Set<String> annotations = new LinkedHashSet<>();
    private int values;

    private IonValues(IonReader reader, Limits limits) {
        this.reader = reader;
        this.limits = limits;
    }

    static Decoded read(byte[] payload, Limits limits) throws UnreadableException {
        try (var reader = IonReaderBuilder.standard().build(payload)) {
            var ion = new IonValues(reader, limits);
            var all = ion.items(0);
            if (all.isEmpty()) {
                throw new UnreadableException("it has no value", 0);
            }
            var issues = new IssueList();
            if (!ion.annotations.isEmpty()) {
                issues.info(
                        "",
                        "Annotations, which the tree leaves out: "
                                + String.join(", ", ion.annotations)
                                + ".");
            }
            return new Decoded.Structured(
                    "ion",
                    null,
                    all.size() == 1 ? all.getFirst() : new Tree.Arr(all),
                    issues.all());
        } catch (IOException | RuntimeException broken) {
            // The reader tells damage by exceptions of many kinds.
            var message = broken.getMessage();
            throw new UnreadableException(
                    "the reader stopped: "
                            + (message == null ? broken.getClass().getSimpleName() : message),
                    -1);
        }
    }

    private List<Tree> items(int depth) throws UnreadableException {
        var items = new ArrayList<Tree>();
        while (reader.next() != null) {
            items.add(value(depth));
        }
        return items;
    }

    private Tree value(int depth) throws UnreadableException {
        if (++values > JsonReader.MAX_VALUES) {
            throw new UnreadableException("it has too many values", -1);
        }
        for (var annotation : reader.getTypeAnnotationSymbols()) {
            var text = annotation.getText();
            if (annotations.size() < MOST_ANNOTATIONS) {
                annotations.add(text == null ? "$" + annotation.getSid() : text);
            }
        }
        if (reader.isNullValue()) {
            return Tree.NULL;
        }
        IonType type = reader.getType();
        return switch (type) {
            case BOOL -> new Tree.Bool(reader.booleanValue());
            case INT -> integer();
            case FLOAT -> Numbers.of(reader.doubleValue());
            case DECIMAL -> decimal();
            case TIMESTAMP -> new Tree.Text(reader.timestampValue().toString());
            case SYMBOL -> {
                var symbol = reader.symbolValue();
                var text = symbol.getText();
                yield new Tree.Text(text == null ? "$" + symbol.getSid() : text);
            }
            case STRING -> new Tree.Text(reader.stringValue());
            case CLOB, BLOB -> new Tree.Bytes(reader.newBytes());
            case LIST, SEXP, STRUCT -> container(type, depth + 1);
            case NULL, DATAGRAM -> Tree.NULL;
        };
    }

    private Tree container(IonType type, int depth) throws UnreadableException {
        if (depth > limits.depth()) {
            throw new UnreadableException("it is nested too deep", -1);
        }
        reader.stepIn();
        if (type != IonType.STRUCT) {
            var items = items(depth);
            reader.stepOut();
            return new Tree.Arr(items);
        }
        var members = new ArrayList<Tree.Member>();
        while (reader.next() != null) {
            var symbol = reader.getFieldNameSymbol();
            var name = symbol.getText();
            members.add(new Tree.Member(name == null ? "$" + symbol.getSid() : name, value(depth)));
        }
        reader.stepOut();
        return new Tree.Obj(members);
    }

    private Tree integer() throws UnreadableException {
        var value = reader.bigIntegerValue();
        // To write out a million digits takes seconds.
        if (value.bitLength() > MAX_DIGITS * 3) {
            throw new UnreadableException("it has a number of too many digits", -1);
        }
        return new Tree.Num(value.toString());
    }

    private Tree decimal() throws UnreadableException {
        var value = reader.bigDecimalValue();
        if (value.unscaledValue().bitLength() > MAX_DIGITS * 3) {
            throw new UnreadableException("it has a number of too many digits", -1);
        }
        return new Tree.Num(value.toString());
    }
}
