package org.deadletteroffice.core.cause;

import java.util.Locale;
import java.util.Set;

/// Words that tell whether what stands beside them is data of the one message or part of what went
/// wrong.
final class FoldWords {
    /// A quoted word behind one of these names a thing of the program or its schema: `column
    /// "email"`, `undefined method 'total'`, `reading 'customer'`.
    private static final Set<String> NAMES_NEXT =
            Set.of(
                    "column",
                    "relation",
                    "table",
                    "field",
                    "constraint",
                    "index",
                    "property",
                    "method",
                    "function",
                    "class",
                    "type",
                    "types",
                    "interface",
                    "attribute",
                    "parameter",
                    "argument",
                    "param",
                    "variable",
                    "member",
                    "element",
                    "tag",
                    "module",
                    "package",
                    "schema",
                    "database",
                    "role",
                    "collection",
                    "topic",
                    "queue",
                    "exchange",
                    "vhost",
                    "header",
                    "bean",
                    "sequence",
                    "view",
                    "option",
                    "setting",
                    "reading",
                    "path",
                    "required",
                    "import",
                    "association",
                    "template",
                    "service");

    /// As those, where it stands between: `column named 'email'`, `module named 'yaml'`.
    private static final Set<String> BETWEEN = Set.of("named", "called", "name");

    /// A quoted word before one of these is a name, too: `'NoneType' object`, `"size" argument`.
    private static final Set<String> NAMES_BEFORE =
            Set.of(
                    "argument",
                    "attribute",
                    "property",
                    "field",
                    "column",
                    "parameter",
                    "header",
                    "object",
                    "element",
                    "method",
                    "function",
                    "exchange",
                    "queue",
                    "topic",
                    "table",
                    "relation",
                    "bean",
                    "module",
                    "service");

    /// What validators say of a field, behind its quoted name.
    private static final String[] SAID_OF_FIELDS = {
        " is required",
        " is not allowed",
        " is missing",
        " is not defined",
        " is mandatory",
        " must ",
        " should be",
        " cannot be",
        " can not be",
        " may not be",
        " is a required",
    };

    /// A number behind `code` is one that tells what went wrong where one of these is before it.
    private static final Set<String> CODES =
            Set.of(
                    "exit",
                    "error",
                    "status",
                    "return",
                    "reply",
                    "reason",
                    "response",
                    "result",
                    "http",
                    "sql",
                    "vendor");

    /// Between the parts of a person's name.
    private static final Set<String> PARTICLES =
            Set.of("de", "la", "del", "di", "da", "van", "von", "der", "den", "of", "and", "y");

    /// Sizes and ordinals that are written close behind their number; [TimeWords] has the times.
    private static final Set<String> SUFFIXES =
            Set.of(
                    "b", "kb", "mb", "gb", "kib", "mib", "gib", "bytes", "px", "st", "nd", "rd",
                    "th");

    /// What HTTP says behind its status (RFC 9110, section 15).
    private static final String[] REASONS = {
        " Bad Request",
        " Unauthorized",
        " Payment Required",
        " Forbidden",
        " Not Found",
        " Method Not Allowed",
        " Not Acceptable",
        " Request Timeout",
        " Conflict",
        " Gone",
        " Precondition Failed",
        " Content Too Large",
        " Payload Too Large",
        " Unsupported Media Type",
        " Unprocessable",
        " Locked",
        " Too Many Requests",
        " Internal Server Error",
        " Not Implemented",
        " Bad Gateway",
        " Service Unavailable",
        " Gateway Time",
    };

    /// What PostgreSQL tells of the one row, on lines of their own behind what went wrong.
    private static final String[] DETAILS = {
        "DETAIL:", "HINT:", "CONTEXT:", "Detail:", "Hint:", "Where:"
    };

    private static final String[] STATEMENTS = {
        " SELECT ", " INSERT INTO ", " UPDATE ", " DELETE FROM ", " MERGE INTO "
    };

    /// What is a sentence of its own within quotes: `desc = "dial tcp: refused"`.
    private static final String[] TELLS_SENTENCE = {"desc = ", "err=", "error=", "msg=", "reason="};

    /// @param at behind a line break
    static boolean beginsDetail(String text, int at) {
        int word = at;
        while (word < text.length() && (text.charAt(word) == ' ' || text.charAt(word) == '\t')) {
            word++;
        }
        return beginsWithOne(text, word, DETAILS);
    }

    /// A statement of SQL: which one it was, the constraint or the place tells.
    ///
    /// @param at behind a colon
    static boolean beginsStatement(String text, int at) {
        return beginsWithOne(text, at, STATEMENTS);
    }

    /// @param quote where a quotation opens
    static boolean quotesSentence(String text, int quote) {
        for (var told : TELLS_SENTENCE) {
            if (text.startsWith(told, quote - told.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean beginsWithOne(String text, int at, String[] beginnings) {
        for (var beginning : beginnings) {
            if (text.startsWith(beginning, at)) {
                return true;
            }
        }
        return false;
    }

    /// Where the name of a status ends that stands here, behind its number; 0 where none does.
    static int reasonEnd(String text, int at) {
        for (var reason : REASONS) {
            if (text.startsWith(reason, at)) {
                return at + reason.length();
            }
        }
        return 0;
    }

    /// `status Cancelled`: what follows is what went wrong, and no name.
    static boolean tellsReason(String before) {
        return switch (before) {
            case "code", "status", "reason", "error", "cause" -> true;
            default -> false;
        };
    }

    static boolean namesNext(String before, String beforeThat) {
        return NAMES_NEXT.contains(before)
                || (BETWEEN.contains(before) && NAMES_NEXT.contains(beforeThat));
    }

    /// @param rest what follows the closing quote
    static boolean namesBefore(String rest) {
        for (var said : SAID_OF_FIELDS) {
            if (rest.startsWith(said)) {
                return true;
            }
        }
        int start = rest.startsWith(" ") ? 1 : 0;
        int end = start;
        while (end < rest.length() && Character.isLetter(rest.charAt(end))) {
            end++;
        }
        return start == 1 && NAMES_BEFORE.contains(rest.substring(start, end));
    }

    /// Whether a number behind these words tells what went wrong: `status code 404`, `[Errno 111]`.
    static boolean codeNext(String number, String before, String beforeThat) {
        boolean ofHttp = number.length() == 3 && number.charAt(0) >= '1' && number.charAt(0) <= '5';
        boolean exit = before.equals("status") && beforeThat.equals("exit");
        return switch (before) {
            case "errno" -> number.length() <= 5;
            case "signal" -> number.length() <= 2;
            case "status", "statuscode", "http", "httpstatus" -> ofHttp || exit;
            case "code" ->
                    (number.length() <= 5 && CODES.contains(beforeThat))
                            || (ofHttp && number.charAt(0) >= '4');
            case "ora", "pls", "tns", "sqlcode" -> number.length() <= 5;
            default -> false;
        };
    }

    /// `ORA-02291`: the number is what went wrong.
    static boolean isErrorCode(String text, int at) {
        return text.startsWith("ORA-", at)
                || text.startsWith("PLS-", at)
                || text.startsWith("TNS-", at);
    }

    static boolean isParticle(String word) {
        return PARTICLES.contains(word);
    }

    /// `van der Berg` begins with one; `of` and `and` begin no name.
    static boolean beginsName(String word) {
        return isParticle(word) && !word.equals("of") && !word.equals("and") && !word.equals("y");
    }

    /// What makes one word with the number before it: `5000ms`, `4KiB`, `2nd`.
    static boolean isSuffix(String letters) {
        var lower = letters.length() <= 5 ? letters.toLowerCase(Locale.ROOT) : "";
        return SUFFIXES.contains(lower) || TimeWords.isShortUnit(lower);
    }

    /// Whether quoted text reads as a name somebody gave in a program: `customer_id`, `NoneType`,
    /// `java.time.LocalDate`; values are plain words, have spaces or digits.
    static boolean isCompoundName(String text) {
        boolean lower = false;
        boolean upper = false;
        boolean joined = false;
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'a' && c <= 'z') {
                lower = true;
            } else if (c >= 'A' && c <= 'Z') {
                upper |= i > 0 && text.charAt(i - 1) >= 'a' && text.charAt(i - 1) <= 'z';
            } else if (c == '_' || (c == ':' && i > 0)) {
                joined = true;
            } else if (c == '.') {
                dots++;
            } else if (c != '$' && c != '(' && c != ')') {
                return false;
            }
        }
        return lower && (upper || joined || dots >= 2);
    }

    /// One name without spaces: letters first, then what names are made of.
    static boolean isName(String text) {
        if (text.isEmpty() || text.length() > 120) {
            return false;
        }
        char first = text.charAt(0);
        if (!Character.isLetter(first) && first != '_' && first != '$') {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isLetterOrDigit(c) && "_.$:-#<>[]/()".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private FoldWords() {}
}
