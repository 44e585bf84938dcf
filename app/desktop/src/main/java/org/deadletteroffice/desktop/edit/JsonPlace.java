package org.deadletteroffice.desktop.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Where in a JSON text the value of a path stands: `$.lines[0].sku`. What is not there is looked
/// for as far as the path leads, so that a missing member is placed at the object it is missing in.
final class JsonPlace {
    private static final Pattern SEGMENT = Pattern.compile("\\.([^.\\[]+)|\\[(\\d+)]");

    private final String text;

    private JsonPlace(String text) {
        this.text = text;
    }

    /// @param path as an issue of a schema names it; the text need not be whole
    /// @return an offset into the text
    static int of(String text, String path) {
        return new JsonPlace(text).find(segments(path));
    }

    private static List<String> segments(String path) {
        var segments = new ArrayList<String>();
        var found = SEGMENT.matcher(path.startsWith("$") ? path.substring(1) : "." + path);
        while (found.find()) {
            segments.add(found.group(1) != null ? "." + found.group(1) : found.group(2));
        }
        return segments;
    }

    private int find(List<String> segments) {
        int value = space(0);
        int shown = value;
        for (var segment : segments) {
            int[] next =
                    segment.startsWith(".")
                            ? member(value, segment.substring(1))
                            : item(value, Integer.parseInt(segment));
            if (next.length == 0) {
                return shown;
            }
            shown = next[0];
            value = next[1];
        }
        return shown;
    }

    /// Where its name begins and where its value does; empty where there is none.
    private int[] member(int object, String name) {
        if (!is(object, '{')) {
            return new int[0];
        }
        int at = space(object + 1);
        while (is(at, '"')) {
            int end = string(at);
            int value = space(end);
            if (!is(value, ':')) {
                break;
            }
            value = space(value + 1);
            if (text.substring(at + 1, Math.max(at + 1, end - 1)).equals(name)) {
                return new int[] {at, value};
            }
            at = after(value);
        }
        return new int[0];
    }

    private int[] item(int array, int index) {
        if (!is(array, '[')) {
            return new int[0];
        }
        int at = space(array + 1);
        for (int i = 0; at < text.length() && !is(at, ']'); i++) {
            if (i == index) {
                return new int[] {at, at};
            }
            at = after(at);
        }
        return new int[0];
    }

    /// Behind a value and the comma after it.
    private int after(int value) {
        int at = space(skip(value));
        return is(at, ',') ? space(at + 1) : at;
    }

    private int skip(int value) {
        int depth = 0;
        int at = value;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                at = string(at);
            } else {
                if (depth == 0 && (c == ',' || c == '}' || c == ']')) {
                    return at;
                }
                depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
                at++;
            }
            if (depth == 0 && (c == '"' || c == '}' || c == ']')) {
                return at;
            }
        }
        return at;
    }

    /// Behind the closing quote.
    private int string(int quote) {
        int at = quote + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, text.length());
    }

    private int space(int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private boolean is(int at, char c) {
        return at < text.length() && text.charAt(at) == c;
    }
}
