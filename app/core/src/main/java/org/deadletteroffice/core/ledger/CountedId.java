package org.deadletteroffice.core.ledger;

/// An id parted where its last number begins: brokers that count their messages, such as a log by
/// its offsets, give ids that differ in that number alone.
///
/// @param number -1 for an id that ends in none
record CountedId(String beginning, long number) {
    private static final int MOST_DIGITS = 18;

    static final CountedId NONE = new CountedId("", -1);

    /// Gives [#text] back exactly: a number with zeros in front is none.
    static CountedId of(String text) {
        var from = numberFrom(text);
        return from == text.length()
                ? new CountedId(text, -1)
                : new CountedId(text.substring(0, from), number(text, from));
    }

    /// As [#of], where most ids begin as the one before them does.
    static CountedId of(String text, CountedId before) {
        var from = numberFrom(text);
        return from < text.length()
                        && from == before.beginning.length()
                        && text.startsWith(before.beginning)
                ? new CountedId(before.beginning, number(text, from))
                : of(text);
    }

    private static long number(String text, int from) {
        return Long.parseLong(text, from, text.length(), 10);
    }

    private static int numberFrom(String text) {
        var from = text.length();
        while (from > 0 && isDigit(text.charAt(from - 1)) && text.length() - from < MOST_DIGITS) {
            from--;
        }
        while (from < text.length() - 1 && text.charAt(from) == '0') {
            from++;
        }
        return from;
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    String text() {
        return number < 0 ? beginning : beginning + number;
    }
}
