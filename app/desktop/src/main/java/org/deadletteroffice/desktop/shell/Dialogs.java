package org.deadletteroffice.desktop.shell;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.deadletteroffice.desktop.fx.Problem;

/// Asks and tells the operator, for models, which know no window. On the FX thread; no call waits.
public interface Dialogs {
    /// Asks before an act; `yes` is called only when the operator agrees.
    void ask(Question question, Consumer<Answer> yes);

    /// As [#ask(Question, Consumer)], with another way to agree.
    void ask(Question question, Alternative other, Consumer<Answer> yes);

    /// Tells in passing that something was done.
    void say(String sentence);

    /// As [#say], with something to do about it.
    void say(String sentence, String act, Runnable doIt);

    /// As [#say(String, String, Runnable)], for longer: what can be undone must be reached in time.
    void offer(String sentence, String act, Runnable doIt);

    /// Tells what went wrong and what to do.
    void tell(Problem problem);

    /// Lets the operator choose an existing file.
    void chooseFile(String title, Consumer<Path> chosen);

    /// Lets the operator choose where to write.
    void chooseTarget(String title, String suggestedName, Consumer<Path> chosen);

    /// Puts a text on the clipboard and says so.
    void copy(String text, String what);

    /// @param title what is asked, as a sentence without a full stop
    /// @param text what will happen, and what cannot be undone
    /// @param act on the button: a verb
    /// @param dangerous red button
    /// @param mustType what has to be typed before the act is allowed; empty: nothing
    /// @param asksReason whether a reason for the audit trail is asked for
    record Question(
            String title,
            String text,
            String act,
            boolean dangerous,
            String mustType,
            boolean asksReason) {
        public static Question plain(String title, String text, String act) {
            return new Question(title, text, act, false, "", false);
        }

        public static Question dangerous(String title, String text, String act) {
            return new Question(title, text, act, true, "", false);
        }
    }

    /// @param act on its button: a verb
    /// @param chosen called instead of `yes`
    record Alternative(String act, Runnable chosen) {}

    /// @param typed what was typed where [Question#mustType] asked for it
    /// @param reason empty where none was asked for
    record Answer(String typed, String reason) {}
}
