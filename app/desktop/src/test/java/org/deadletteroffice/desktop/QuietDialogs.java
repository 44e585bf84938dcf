package org.deadletteroffice.desktop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.desktop.shell.Dialogs;
import org.jspecify.annotations.Nullable;

/// Agrees to every question, unless told not to, and remembers what was said.
public final class QuietDialogs implements Dialogs {
    public final List<Question> asked = new ArrayList<>();
    public final List<String> said = new ArrayList<>();
    public final List<Problem> told = new ArrayList<>();
    public final List<String> copied = new ArrayList<>();

    /// Whether the operator agrees.
    public boolean agrees = true;

    /// Whether the operator chooses the other way to agree, where one is offered.
    public boolean takesAlternative;

    /// Where the operator writes to; null: chooses nothing.
    public @Nullable Path target;

    @Override
    public void ask(Question question, Consumer<Answer> yes) {
        asked.add(question);
        if (agrees) {
            yes.accept(new Answer(question.mustType(), question.asksReason() ? "a test" : ""));
        }
    }

    @Override
    public void ask(Question question, Alternative other, Consumer<Answer> yes) {
        if (takesAlternative) {
            asked.add(question);
            other.chosen().run();
        } else {
            ask(question, yes);
        }
    }

    @Override
    public void say(String sentence) {
        said.add(sentence);
    }

    @Override
    public void say(String sentence, String act, Runnable doIt) {
        said.add(sentence);
    }

    @Override
    public void offer(String sentence, String act, Runnable doIt) {
        said.add(sentence);
    }

    @Override
    public void tell(Problem problem) {
        told.add(problem);
    }

    @Override
    public void chooseFile(String title, Consumer<Path> chosen) {}

    @Override
    public void chooseTarget(String title, String suggestedName, Consumer<Path> chosen) {
        if (target != null) {
            chosen.accept(target);
        }
    }

    @Override
    public void copy(String text, String what) {
        copied.add(text);
    }
}
