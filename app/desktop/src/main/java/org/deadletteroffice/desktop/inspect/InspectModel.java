package org.deadletteroffice.desktop.inspect;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.cause.Causes;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.payload.HeaderText;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Dialogs;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// One message in the reading pane. FX thread only; text is set on a virtual thread, since a
/// payload may be large.
public final class InspectModel {
    /// Let the program choose the decoder.
    public static final String AUTO = "";

    private final Engine engine;
    private final Background background;
    private final Dialogs dialogs;
    private final Clock clock;
    private final Causes causes = Causes.standard();

    private final ReadOnlyObjectWrapper<@Nullable MessageView> message =
            new ReadOnlyObjectWrapper<>();
    private final MessageActs acts;
    private final ClaimModel claim;
    private final ReadOnlyObjectWrapper<@Nullable CauseWords> cause = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(Shown.NOTHING);
    private final ReadOnlyObjectWrapper<@Nullable Tree> tree = new ReadOnlyObjectWrapper<>();
    private final ObservableList<HeaderRow> headers = FXCollections.observableArrayList();
    private final ObservableList<HistoryEvent> history = FXCollections.observableArrayList();
    private final ObservableList<Decoded.Issue> issues = FXCollections.observableArrayList();
    private final ObjectProperty<PayloadMode> mode = new SimpleObjectProperty<>(PayloadMode.PRETTY);
    private final ObjectProperty<String> decoder = new SimpleObjectProperty<>(AUTO);
    private final ReadOnlyStringWrapper kept = new ReadOnlyStringWrapper(AUTO);
    private final ReadOnlyStringWrapper reason = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper emptyReason = new ReadOnlyStringWrapper("");

    private final ObjectProperty<@Nullable QueueInfo> queue = new SimpleObjectProperty<>();

    private Running textRun = Running.NOTHING;
    private Running historyRun = Running.NOTHING;
    private Running decodeRun = Running.NOTHING;
    private @Nullable MessageView chosen;

    public InspectModel(Desk desk, Clock clock) {
        engine = desk.engine();
        background = desk.background();
        dialogs = desk.dialogs();
        this.clock = clock;
        acts = new MessageActs(desk, message);
        claim = new ClaimModel(desk);
        claim.showsPayloadProperty().addListener((_, _, _) -> payload());
        mode.addListener((_, _, _) -> text());
        decoder.addListener((_, _, _) -> decode());
    }

    /// Shows a message; null shows none.
    public void show(@Nullable MessageView shown) {
        if (Objects.equals(shown, message.get())) {
            return;
        }
        decodeRun.cancel();
        var before = chosen;
        chosen = shown;
        if (shown != null
                && (before == null || !before.letter().queue().equals(shown.letter().queue()))) {
            chosenForQueue(shown.letter().queue());
        }
        if (shown != null && !decoder.get().equals(AUTO)) {
            decode();
        } else {
            display(shown);
        }
    }

    /// Null while none is chosen.
    public ReadOnlyObjectProperty<@Nullable MessageView> messageProperty() {
        return message.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<@Nullable CauseWords> causeProperty() {
        return cause.getReadOnlyProperty();
    }

    /// The queue in which it lies; null while nothing is known of that.
    public ObjectProperty<@Nullable QueueInfo> queueProperty() {
        return queue;
    }

    /// How long the broker still keeps the message; null where it does for ever or does not say.
    @Nullable Duration left() {
        var lies = queue.get();
        var shown = message.get();
        if (lies == null || shown == null || !lies.ref().equals(shown.letter().queue())) {
            return null;
        }
        var end = lies.vanishes(shown.letter());
        return end == null ? null : Duration.between(clock.instant(), end);
    }

    // --- payload --------------------------------------------------------------------------------

    public ObjectProperty<PayloadMode> modeProperty() {
        return mode;
    }

    /// The payload in the chosen mode.
    public ReadOnlyObjectProperty<Shown> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    /// The structure for the tree mode; null where the payload has none.
    public ReadOnlyObjectProperty<@Nullable Tree> treeProperty() {
        return tree.getReadOnlyProperty();
    }

    public ObservableList<Decoded.Issue> issues() {
        return issues;
    }

    /// The decoder that is asked for by name; [#AUTO] lets it be chosen.
    public ObjectProperty<String> decoderProperty() {
        return decoder;
    }

    /// The decoder that is kept for the whole queue; [#AUTO] while none is.
    public ReadOnlyStringProperty keptDecoderProperty() {
        return kept.getReadOnlyProperty();
    }

    /// Reads every message of this queue so from now on, here and in every list.
    public void keepDecoder() {
        var shown = message.get();
        if (shown == null) {
            return;
        }
        var queue = shown.letter().queue();
        var name = decoder.get();
        background.run(
                () -> engine.decoderChoices().choose(queue, name.equals(AUTO) ? null : name),
                () -> {
                    kept.set(name);
                    dialogs.say(
                            name.equals(AUTO)
                                    ? "The program chooses how to read " + queue.name() + "."
                                    : queue.name() + " is read as " + name + " from now on.");
                },
                dialogs::tell);
    }

    /// A choice by hand is for the queue it was made in.
    private void chosenForQueue(QueueRef queue) {
        var name = engine.decoderChoices().of(queue).orElse(AUTO);
        kept.set(name);
        decoder.set(name);
    }

    /// [#AUTO] and the names there are.
    public List<String> decoders() {
        var names = new java.util.ArrayList<>(engine.messages().decoders());
        names.addFirst(AUTO);
        return names;
    }

    /// Which decoder read it, and why that one.
    public ReadOnlyStringProperty reasonProperty() {
        return reason.getReadOnlyProperty();
    }

    /// Why there is no payload to show; empty while there is one.
    public ReadOnlyStringProperty emptyReasonProperty() {
        return emptyReason.getReadOnlyProperty();
    }

    /// The format in a word or two, for the badge: `json`, `gzip+json`.
    public String format() {
        var shown = message.get();
        return shown == null ? "" : shown.decoded().format();
    }

    // --- headers, failure, history --------------------------------------------------------------

    public ObservableList<HeaderRow> headers() {
        return headers;
    }

    public ObservableList<HistoryEvent> history() {
        return history;
    }

    /// `orders.payment 3-771020`; empty where unknown.
    public String origin() {
        var shown = message.get();
        return shown == null || shown.failure().origin().queue() == null
                ? ""
                : History.place(shown.failure().origin());
    }

    public Clock clock() {
        return clock;
    }

    // --- acts -----------------------------------------------------------------------------------

    /// Where a replay would send it; empty where its origin is not known.
    public String destination() {
        var shown = message.get();
        var queue = shown == null ? null : shown.failure().origin().queue();
        return queue == null ? "" : queue;
    }

    /// What can be done with it.
    public MessageActs acts() {
        return acts;
    }

    /// The payload that it points to, where it does.
    public ClaimModel claim() {
        return claim;
    }

    public void copyPayload() {
        dialogs.copy(shown.get().text(), "Payload");
    }

    // --- reading --------------------------------------------------------------------------------

    private void decode() {
        var shown = chosen;
        if (shown == null) {
            return;
        }
        var name = decoder.get().equals(AUTO) ? null : decoder.get();
        decodeRun.cancel();
        decodeRun =
                background.run(
                        () -> engine.messages().reread(shown, name), this::display, dialogs::tell);
    }

    private void display(@Nullable MessageView view) {
        textRun.cancel();
        historyRun.cancel();
        message.set(view);
        claim.show(view);
        if (view == null) {
            cause.set(null);
            shown.set(Shown.NOTHING);
            tree.set(null);
            headers.clear();
            history.clear();
            issues.clear();
            reason.set("");
            emptyReason.set("");
            return;
        }
        cause.set(CauseWords.of(view, clock));
        var ofFailure = new HashSet<>(causes.failureHeaders(view.letter().headers()));
        headers.setAll(
                view.letter().headers().all().stream()
                        .map(
                                header ->
                                        new HeaderRow(
                                                HeaderText.of(header),
                                                ofFailure.contains(header.name())))
                        .toList());
        payload();
        historyRun =
                background.run(
                        () -> History.of(view, engine.jobs()::find),
                        (List<HistoryEvent> events) -> history.setAll(events),
                        dialogs::tell);
    }

    /// The pointer's, or that of what was fetched.
    private void payload() {
        var view = claim.payloadView();
        if (view == null) {
            return;
        }
        issues.setAll(allIssues(view.decoded()));
        tree.set(treeOf(view.decoded()));
        reason.set(view.decoderReason());
        emptyReason.set(emptyReason(view));
        text();
    }

    private void text() {
        var view = claim.payloadView();
        if (view == null) {
            return;
        }
        var wanted = mode.get();
        textRun.cancel();
        textRun = background.run(() -> Shown.of(view, wanted), shown::set, dialogs::tell);
    }

    private static String emptyReason(MessageView shown) {
        var payload = shown.letter().payload();
        if (shown.letter().corrupt() != null) {
            return shown.letter().corrupt();
        }
        if (payload == null) {
            return "This message is a tombstone: it has a key and no payload.";
        }
        return payload.length == 0 ? "The payload is empty: zero bytes." : "";
    }

    private static List<Decoded.Issue> allIssues(Decoded decoded) {
        var all = new java.util.ArrayList<>(decoded.issues());
        if (decoded instanceof Decoded.Wrapped(_, _, var inner, _)) {
            all.addAll(allIssues(inner));
        }
        if (decoded instanceof Decoded.Opaque(_, var reason, _) && !reason.isBlank()) {
            all.add(new Decoded.Issue(Decoded.Issue.Severity.INFO, "", reason));
        }
        return all;
    }

    private static @Nullable Tree treeOf(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Structured(_, _, var tree, _) -> tree;
            case Decoded.Wrapped(_, _, var inner, _) -> treeOf(inner);
            case Decoded.PlainText _, Decoded.Opaque _ -> null;
        };
    }
}
