package org.deadletteroffice.spi.decode;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a decoder made of a payload. A failed decode is a result on screen, not an exception.
public sealed interface Decoded {
    /// Short and stable, for the column and for JSON: `json`, `cloudevents+json`, `avro`, `text`,
    /// `bytes`.
    String format();

    /// What was wrong or odd about it; empty when nothing was.
    List<Issue> issues();

    /// A structure.
    ///
    /// @param schema which schema it was read with, in words; null for none
    record Structured(String format, @Nullable String schema, Tree tree, List<Issue> issues)
            implements Decoded {
        public Structured {
            issues = List.copyOf(issues);
        }
    }

    /// Plain text.
    ///
    /// @param charset the IANA name it was read with
    record PlainText(String format, String charset, String text, List<Issue> issues)
            implements Decoded {
        public PlainText {
            issues = List.copyOf(issues);
        }
    }

    /// Bytes that nothing here can read, or that were not there.
    ///
    /// @param reason why it is shown as bytes, in words
    record Opaque(String format, String reason, List<Issue> issues) implements Decoded {
        public Opaque {
            issues = List.copyOf(issues);
        }
    }

    /// Another payload inside a wrapping, e.g. gzip.
    ///
    /// @param bytes what was inside
    record Wrapped(String wrapper, byte[] bytes, Decoded inner, List<Issue> issues)
            implements Decoded {
        public Wrapped {
            issues = List.copyOf(issues);
        }

        @Override
        public String format() {
            return wrapper + "+" + inner.format();
        }
    }

    /// @param where a path or position; empty when it concerns the whole
    record Issue(Severity severity, String where, String sentence) {
        public enum Severity {
            INFO,
            WARNING,
            ERROR
        }
    }
}
