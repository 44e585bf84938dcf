package org.deadletteroffice.core.decode;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// XML as a tree: an element is an object of its attributes (`@name`), its children in their order
/// (one that repeats is a member that repeats) and its text (`#text`); an element of text alone is
/// that text. Comments and processing instructions are left out.
///
/// Document types are refused: no entity is expanded, and nothing is fetched.
final class XmlValues {
    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader in;
    private final int maxDepth;
    private int values;

    private XmlValues(XMLStreamReader in, int maxDepth) {
        this.in = in;
        this.maxDepth = Math.min(maxDepth, JsonReader.MAX_DEPTH);
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setXMLResolver(
                (_, _, _, _) -> {
                    throw new XMLStreamException("entities are not fetched");
                });
        return factory;
    }

    static Tree read(String text, int maxDepth) throws SyntaxProblem {
        try {
            XMLStreamReader in;
            synchronized (FACTORY) {
                in = FACTORY.createXMLStreamReader(new StringReader(text));
            }
            try {
                return new XmlValues(in, maxDepth).document();
            } finally {
                in.close();
            }
        } catch (XMLStreamException broken) {
            var place = broken.getLocation();
            throw new SyntaxProblem(
                    plain(broken.getMessage()),
                    place == null ? 0 : place.getLineNumber(),
                    place == null ? 0 : place.getColumnNumber());
        } catch (RuntimeException broken) {
            // The JDK's parser throws unchecked exceptions on some malformed input.
            throw new SyntaxProblem("it is not well-formed", 0, 0);
        }
    }

    /// The JDK's parser puts the place before its sentence.
    private static String plain(@Nullable String message) {
        if (message == null) {
            return "it is not well-formed";
        }
        int at = message.lastIndexOf("Message: ");
        var sentence = (at < 0 ? message : message.substring(at + 9)).strip();
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private SyntaxProblem stop(String sentence) {
        var place = in.getLocation();
        return new SyntaxProblem(sentence, place.getLineNumber(), place.getColumnNumber());
    }

    private Tree document() throws XMLStreamException, SyntaxProblem {
        Tree.Member root = null;
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT ->
                        root = new Tree.Member(in.getLocalName(), element(1));
                case XMLStreamConstants.DTD ->
                        throw stop("it has a document type, which is not read here");
                default -> {
                    // Comments, white space and instructions around the root element.
                }
            }
        }
        if (root == null) {
            throw stop("it has no element");
        }
        return new Tree.Obj(List.of(root));
    }

    private void count() throws SyntaxProblem {
        if (++values > JsonReader.MAX_VALUES) {
            throw stop("it has more than %s values".formatted(Numerals.of(JsonReader.MAX_VALUES)));
        }
    }

    private Tree element(int depth) throws XMLStreamException, SyntaxProblem {
        count();
        if (depth > maxDepth) {
            throw stop("it is nested deeper than " + maxDepth + " levels");
        }
        var members = new ArrayList<Tree.Member>();
        for (int i = 0; i < in.getAttributeCount(); i++) {
            count();
            members.add(
                    new Tree.Member(
                            "@" + in.getAttributeLocalName(i),
                            new Tree.Text(in.getAttributeValue(i))));
        }
        var text = new StringBuilder();
        while (true) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    flush(text, members);
                    members.add(new Tree.Member(in.getLocalName(), element(depth + 1)));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                        text.append(in.getTextCharacters(), in.getTextStart(), in.getTextLength());
                case XMLStreamConstants.ENTITY_REFERENCE ->
                        text.append('&').append(in.getLocalName()).append(';');
                case XMLStreamConstants.END_ELEMENT -> {
                    if (members.isEmpty()) {
                        return new Tree.Text(text.toString());
                    }
                    flush(text, members);
                    return new Tree.Obj(members);
                }
                default -> {
                    // Comments and instructions.
                }
            }
        }
    }

    private void flush(StringBuilder text, List<Tree.Member> members) throws SyntaxProblem {
        if (!text.toString().isBlank()) {
            count();
            members.add(new Tree.Member("#text", new Tree.Text(text.toString())));
        }
        text.setLength(0);
    }
}
