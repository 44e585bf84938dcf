package org.deadletteroffice.desktop.compare;

import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.edit.Editing;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.payload.HeaderText;
import org.deadletteroffice.desktop.payload.PayloadText;
import org.deadletteroffice.desktop.payload.TreeText;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.text.Ages;
import org.deadletteroffice.spi.message.Header;

/// What differs between two messages, part by part. FX thread only; the comparison runs on a
/// virtual thread, since payloads may be large.
public final class CompareModel {
    /// What is compared.
    public enum Part {
        PAYLOAD("Payload"),
        HEADERS("Key and headers"),
        FAILURE("Failure");

        private final String words;

        Part(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    private final Desk desk;
    private final Clock clock;
    private final Sheet.Compare messages;
    private final BooleanProperty later = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper rightTitle = new ReadOnlyStringWrapper();
    private final ObjectProperty<Part> part = new SimpleObjectProperty<>(Part.PAYLOAD);
    private final ObservableList<Pair> pairs = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private Running comparing = Running.NOTHING;

    public CompareModel(Desk desk, Clock clock, Sheet.Compare messages) {
        this.desk = desk;
        this.clock = clock;
        this.messages = messages;
        part.addListener((_, _, _) -> compare());
        later.addListener((_, _, _) -> compare());
        compare();
    }

    /// `3-918 · A-88209 · 11:38`.
    public String leftTitle() {
        return title(messages.left());
    }

    public ReadOnlyStringProperty rightTitleProperty() {
        return rightTitle.getReadOnlyProperty();
    }

    /// Whether there are two to compare it with: one before it and one after it.
    public boolean hasLater() {
        return messages.later() != null;
    }

    /// Whether it is compared with the one after it.
    public BooleanProperty laterProperty() {
        return later;
    }

    private MessageView right() {
        var other = messages.later();
        return other != null && later.get() ? other : messages.right();
    }

    public ObjectProperty<Part> partProperty() {
        return part;
    }

    /// Empty while the two are alike, or not yet compared.
    ObservableList<Pair> pairs() {
        return pairs;
    }

    /// `2 lines differ`, `no difference`.
    public ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    public void close() {
        comparing.cancel();
        desk.navigation().closeSheet();
    }

    private void compare() {
        var wanted = part.get();
        var right = right();
        rightTitle.set(title(right));
        comparing.cancel();
        comparing =
                desk.background()
                        .run(
                                () ->
                                        Pair.of(
                                                Editing.diff(
                                                        text(messages.left(), wanted),
                                                        text(right, wanted))),
                                this::show,
                                desk.dialogs()::tell);
    }

    private void show(List<Pair> found) {
        pairs.setAll(found);
        long differ = found.stream().filter(pair -> pair.kind() == Pair.Kind.DIFFERENT).count();
        summary.set(
                differ == 0
                        ? "No difference"
                        : differ + (differ == 1 ? " line differs" : " lines differ"));
    }

    private String title(MessageView message) {
        var letter = message.letter();
        var key = letter.key() == null ? "" : HeaderText.of(new Header("", letter.key())).text();
        var time = letter.timestamp();
        boolean elsewhere = !letter.queue().equals(messages.left().letter().queue());
        return (elsewhere ? letter.queue().name() + " " : "")
                + letter.id()
                + (key.isBlank() ? "" : " · " + key)
                + (time == null ? "" : " · " + Ages.at(time, clock.instant(), clock.getZone()));
    }

    private static String text(MessageView message, Part part) {
        var letter = message.letter();
        return switch (part) {
            case PAYLOAD ->
                    PayloadText.pretty(message.decoded(), letter.payload()).stream()
                            .map(TreeText.Line::text)
                            .collect(Collectors.joining("\n"));
            case HEADERS ->
                    "key: "
                            + (letter.key() == null
                                    ? ""
                                    : HeaderText.of(new Header("", letter.key())).text())
                            + letter.headers().all().stream()
                                    .map(HeaderText::of)
                                    .map(header -> "\n" + header.name() + ": " + header.text())
                                    .sorted()
                                    .collect(Collectors.joining());
            case FAILURE -> failure(message);
        };
    }

    private static String failure(MessageView message) {
        var failure = message.failure();
        return "type: %s\nmessage: %s\nconsumer: %s\norigin: %s\n%s"
                .formatted(
                        orNone(failure.type()),
                        orNone(failure.message()),
                        orNone(failure.consumer()),
                        orNone(failure.origin().queue()),
                        orNone(failure.stackTrace()));
    }

    private static String orNone(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "–" : text;
    }
}
