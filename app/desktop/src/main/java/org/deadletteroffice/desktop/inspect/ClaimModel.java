package org.deadletteroffice.desktop.inspect;

import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.claim.ClaimCheck;
import org.deadletteroffice.core.claim.Claims;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Dialogs.Question;
import org.deadletteroffice.desktop.text.Amounts;
import org.jspecify.annotations.Nullable;

/// The payload that a message points to: where it lies, and what lies there, fetched when the
/// operator asks for it. FX thread only.
public final class ClaimModel {
    /// How far it is.
    public enum State {
        /// The message points to nothing.
        NONE,
        /// Only the pointer is known.
        POINTER,
        FETCHING,
        FETCHED,
        FAILED
    }

    private final Desk desk;
    private final ObservableList<ClaimCheck> claims = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable ClaimCheck> chosen = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.NONE);
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(-1);
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Claims.@Nullable Opened> opened =
            new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<Boolean> showsPayload = new SimpleObjectProperty<>(false);
    private @Nullable MessageView message;
    private Running run = Running.NOTHING;

    ClaimModel(Desk desk) {
        this.desk = desk;
        chosen.addListener((_, _, claim) -> point(claim));
    }

    /// Forgets what was fetched for another message.
    void show(@Nullable MessageView shown) {
        message = shown;
        claims.setAll(shown == null ? List.of() : Claims.of(shown));
        var first = claims.isEmpty() ? null : claims.getFirst();
        if (first == null || !first.equals(chosen.get())) {
            chosen.set(first);
        } else {
            point(first);
        }
    }

    private void point(@Nullable ClaimCheck claim) {
        run.cancel();
        run = Running.NOTHING;
        showsPayload.set(false);
        opened.set(null);
        note.set("");
        state.set(claim == null ? State.NONE : State.POINTER);
    }

    /// All that the message points to.
    public ObservableList<ClaimCheck> claims() {
        return claims;
    }

    /// The one that is told of; null where the message points to nothing.
    public ObjectProperty<@Nullable ClaimCheck> chosenProperty() {
        return chosen;
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// From 0 to 1; negative while the size is not known.
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /// What came so far, or what went wrong and what to do; may be empty.
    public ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }

    /// Whether what was fetched is shown in place of the pointer.
    public ObjectProperty<Boolean> showsPayloadProperty() {
        return showsPayload;
    }

    /// What is to be shown as the payload.
    @Nullable MessageView payloadView() {
        var there = opened.get();
        return there != null && showsPayload.get() ? there.view() : message;
    }

    // --- acts -----------------------------------------------------------------------------------

    /// Fetches it; asks before where the profile does not name the host.
    public void fetch() {
        var pointer = message;
        var claim = chosen.get();
        if (pointer == null || claim == null) {
            return;
        }
        run.cancel();
        run =
                desk.background()
                        .run(
                                () -> isWelcome(pointer, claim),
                                (Boolean welcome) -> {
                                    if (welcome) {
                                        open(pointer, claim);
                                    } else {
                                        ask(pointer, claim);
                                    }
                                },
                                this::fail);
    }

    /// Whether nobody is asked that the operator has not named.
    private boolean isWelcome(MessageView pointer, ClaimCheck claim) throws Exception {
        return !(claim.place() instanceof ClaimCheck.AtUrl)
                || desk.engine().claims().isTrusted(pointer.letter().queue().profile(), claim);
    }

    private void ask(MessageView pointer, ClaimCheck claim) {
        desk.dialogs()
                .ask(
                        Question.plain(
                                "Ask a host that the message names",
                                "The message says that its payload lies at "
                                        + claim.place().words()
                                        + ". Whoever wrote it will see that this address was asked"
                                        + " for, and from where. No sign-in is sent, and no"
                                        + " redirect followed. Hosts named in the profile are asked"
                                        + " without this question.",
                                "Ask it"),
                        _ -> open(pointer, claim));
    }

    private void open(MessageView pointer, ClaimCheck claim) {
        run.cancel();
        state.set(State.FETCHING);
        progress.set(-1);
        note.set("Asking…");
        var said = claim.size();
        var told =
                desk.background()
                        .<Long>latest(
                                bytes -> {
                                    if (state.get() == State.FETCHING) {
                                        tell(bytes, said);
                                    }
                                });
        run =
                desk.background()
                        .run(
                                () -> desk.engine().claims().open(pointer, claim, told::accept),
                                this::opened,
                                this::fail);
    }

    private void tell(long bytes, @Nullable Long said) {
        if (said == null || said <= 0) {
            note.set(Amounts.bytes(bytes) + " fetched");
            return;
        }
        progress.set(Math.min(1, (double) bytes / said));
        note.set(Amounts.bytes(bytes) + " of " + Amounts.bytes(said) + " fetched");
    }

    private void opened(Claims.Opened there) {
        opened.set(there);
        state.set(State.FETCHED);
        note.set(
                Amounts.bytes(there.facts().size())
                        + " fetched. A replay sends the pointer, and leaves the object where it"
                        + " is.");
        showsPayload.set(true);
    }

    private void fail(Problem problem) {
        state.set(State.FAILED);
        note.set(problem.sentence() + " " + problem.remedy());
    }

    /// Stops the fetch under way.
    public void cancel() {
        point(chosen.get());
    }

    /// Writes what was fetched to a file.
    public void save() {
        var there = opened.get();
        var bytes = there == null ? null : there.view().letter().payload();
        if (there == null || bytes == null) {
            return;
        }
        var letter = there.view().letter();
        MessageActs.save(
                desk, "Save the fetched payload", letter.queue().name() + "-" + letter.id(), bytes);
    }
}
