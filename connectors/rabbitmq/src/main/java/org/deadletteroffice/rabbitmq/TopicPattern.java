package org.deadletteroffice.rabbitmq;

/// A binding key of a topic exchange: words between dots, `*` for one word, `#` for any number.
final class TopicPattern {
    private TopicPattern() {}

    static boolean matches(String pattern, String key) {
        var words = key.isEmpty() ? new String[0] : key.split("\\.", -1);
        var parts = pattern.isEmpty() ? new String[0] : pattern.split("\\.", -1);
        // reached[i]: the parts so far match the first i words
        var reached = new boolean[words.length + 1];
        reached[0] = true;
        for (var part : parts) {
            var next = new boolean[words.length + 1];
            for (var at = 0; at <= words.length; at++) {
                if (part.equals("#")) {
                    next[at] = reached[at] || (at > 0 && next[at - 1]);
                } else {
                    next[at] =
                            at > 0
                                    && reached[at - 1]
                                    && (part.equals("*") || part.equals(words[at - 1]));
                }
            }
            reached = next;
        }
        return reached[words.length];
    }
}
