package org.deadletteroffice.core.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import org.deadletteroffice.spi.decode.Tree;

/// A text member at the top of a JSON object, and the place where it stands, so that it can be
/// replaced with nothing else touched.
///
/// @param value what the member says
/// @param from offset of its opening quote
/// @param to offset behind its closing quote
record JsonMember(String value, int from, int to) {
    private static final JsonFactory FACTORY = new JsonFactory();

    /// The last one of this name, as readers see it; empty where `json` is no object, is broken, or
    /// has no such text.
    static Optional<JsonMember> find(String json, String name) {
        Optional<JsonMember> found = Optional.empty();
        try (var parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                boolean wanted = parser.currentName().equals(name);
                var token = parser.nextToken();
                if (wanted && token == JsonToken.VALUE_STRING) {
                    int from = (int) parser.currentTokenLocation().getCharOffset();
                    var value = parser.getText();
                    int to = (int) parser.currentLocation().getCharOffset();
                    found = Optional.of(new JsonMember(value, from, to));
                } else {
                    parser.skipChildren();
                }
            }
            return found;
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    String replacedIn(String json, String fresh) {
        return json.substring(0, from)
                + JsonWriter.compact(new Tree.Text(fresh))
                + json.substring(to);
    }
}
