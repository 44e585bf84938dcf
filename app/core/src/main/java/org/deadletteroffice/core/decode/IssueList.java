package org.deadletteroffice.core.decode;

import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.Decoded.Issue;
import org.deadletteroffice.spi.decode.Decoded.Issue.Severity;

/// Issues as they are found, each once.
final class IssueList {
    private final List<Issue> issues = new ArrayList<>();
    private int told;

    IssueList info(String where, String sentence) {
        return add(new Issue(Severity.INFO, where, sentence));
    }

    IssueList warning(String where, String sentence) {
        return add(new Issue(Severity.WARNING, where, sentence));
    }

    IssueList error(String where, String sentence) {
        return add(new Issue(Severity.ERROR, where, sentence));
    }

    IssueList addAll(List<Issue> more) {
        more.forEach(this::add);
        return this;
    }

    List<Issue> all() {
        return issues;
    }

    /// How many were found, those that were found before among them.
    int told() {
        return told;
    }

    private IssueList add(Issue issue) {
        told++;
        if (!issues.contains(issue)) {
            issues.add(issue);
        }
        return this;
    }

    static boolean hasError(Decoded decoded) {
        return decoded.issues().stream().anyMatch(issue -> issue.severity() == Severity.ERROR);
    }

    /// The same result with other issues, and under another format name where that is given.
    static Decoded with(Decoded decoded, String format, List<Issue> issues) {
        return switch (decoded) {
            case Decoded.Structured it ->
                    new Decoded.Structured(format, it.schema(), it.tree(), issues);
            case Decoded.PlainText it ->
                    new Decoded.PlainText(format, it.charset(), it.text(), issues);
            case Decoded.Opaque it -> new Decoded.Opaque(format, it.reason(), issues);
            case Decoded.Wrapped it ->
                    new Decoded.Wrapped(it.wrapper(), it.bytes(), it.inner(), issues);
        };
    }
}
