package org.deadletteroffice.core.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/// Header edits as they are kept in requests and policies.
final class HeaderEditJson {
    static void write(ArrayNode array, List<HeaderEdit> edits) {
        for (var edit : edits) {
            var node = array.addObject().put("name", edit.name());
            switch (edit) {
                case HeaderEdit.Set(_, var value) -> node.put("value", value);
                case HeaderEdit.Replace(_, var find, var by) ->
                        node.put("find", find).put("by", by);
                case HeaderEdit.Drop _ -> {
                    // Its name says it all.
                }
            }
        }
    }

    /// @throws IllegalArgumentException when one of them is none
    static List<HeaderEdit> read(JsonNode array) {
        var edits = new ArrayList<HeaderEdit>();
        for (var edit : array) {
            var name = edit.path("name").asText();
            if (name.isEmpty()) {
                throw new IllegalArgumentException("an edit names no header");
            }
            if (edit.has("value")) {
                edits.add(new HeaderEdit.Set(name, edit.get("value").asText()));
            } else if (edit.has("find")) {
                edits.add(
                        new HeaderEdit.Replace(
                                name, edit.get("find").asText(), edit.path("by").asText()));
            } else {
                edits.add(new HeaderEdit.Drop(name));
            }
        }
        return edits;
    }

    private HeaderEditJson() {}
}
