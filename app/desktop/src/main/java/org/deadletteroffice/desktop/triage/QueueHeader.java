package org.deadletteroffice.desktop.triage;

import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Badge;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Icons;
import org.deadletteroffice.desktop.control.Labels;
import org.deadletteroffice.desktop.control.TitleAndActs;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.desktop.text.Vanishing;
import org.deadletteroffice.spi.message.QueueInfo;
import org.kordamp.ikonli.feather.Feather;

/// Which queue it is and what can be done; below, where its messages come from, who lags there, and
/// what looking costs, over as many lines as it takes.
final class QueueHeader extends VBox {
    private static final int ORIGINS = 2;

    private final TriageModel model;
    private final FlowPane from = new FlowPane(6, 2);

    QueueHeader(TriageModel model) {
        this.model = model;
        getStyleClass().add("queue-header");
        setSpacing(3);
        var name = new Label();
        name.getStyleClass().add("queue-title");
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        name.textProperty().bind(model.queueProperty().map(queue -> queue.name()).orElse(""));
        name.textProperty().addListener((_, _, text) -> name.setTooltip(Buttons.tip(text)));
        from.setAlignment(Pos.CENTER_LEFT);
        from.getStyleClass().add("queue-from");
        // Else the longest of its words widens the header, and its acts lie out of sight.
        from.setMinWidth(0);
        model.facts().origins().addListener((ListChangeListener<String>) _ -> showFrom());
        model.facts().infoProperty().map(QueueInfo::ways).addListener((_, _, _) -> showFrom());
        model.facts().lagProperty().addListener((_, _, _) -> showFrom());
        model.facts().sharesProperty().addListener((_, _, _) -> showFrom());
        model.facts().vanishesProperty().addListener((_, _, _) -> showFrom());
        model.facts().costProperty().addListener((_, _, _) -> showFrom());
        showFrom();

        var redrive = Buttons.primary("", model::redrive);
        redrive.setGraphic(Icons.of(Feather.ROTATE_CW));
        redrive.setId("redrive");
        redrive.textProperty().bind(redriveWords());
        redrive.accessibleTextProperty()
                .bind(model.targetProperty().map(target -> "Redrive " + target.words()));
        redrive.setTooltip(Buttons.tip("Rehearse and redrive what is selected, or all that match"));
        redrive.disableProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () -> model.targetProperty().get().isEmpty(),
                                model.targetProperty()));
        Buttons.withKey(redrive, "⇧R");
        var edit = Buttons.plain("Edit & replay", Feather.EDIT_2, model::editCurrent);
        edit.setMnemonicParsing(false);
        edit.disableProperty().bind(model.currentProperty().isNull());
        var purge = Buttons.danger("Purge…", model::purge);
        purge.setGraphic(Icons.of(Feather.TRASH_2));
        purge.setId("purge");
        purge.accessibleTextProperty()
                .bind(model.targetProperty().map(target -> "Purge " + target.words()));
        purge.setTooltip(
                Buttons.tip("Take away what is selected, or all that match, with a copy  (Del)"));
        purge.disableProperty().bind(redrive.disableProperty());
        var export =
                Buttons.icon(
                        Feather.DOWNLOAD,
                        "Write what is selected, or all that match, to a file",
                        model::export);
        export.setId("export");
        export.disableProperty().bind(redrive.disableProperty());
        var move =
                Buttons.icon(
                        Feather.FAST_FORWARD,
                        "Move by the broker: the whole queue, by itself",
                        model::moveByBroker);
        move.setId("move");
        move.visibleProperty()
                .bind(model.facts().canProperty().map(can -> can.moveOnServer()).orElse(false));
        move.managedProperty().bind(move.visibleProperty());
        var refresh = Buttons.icon(Feather.REFRESH_CW, "Read the queue again", model::refresh);
        getChildren()
                .addAll(new TitleAndActs(name, redrive, edit, purge, move, export, refresh), from);
    }

    private StringBinding redriveWords() {
        return Bindings.createStringBinding(
                () -> {
                    var target = model.targetProperty().get();
                    return target.isEmpty()
                            ? "Redrive…"
                            : "Redrive "
                                    + Amounts.of(target.count())
                                    + (target.exact() ? "…" : "+…");
                },
                model.targetProperty());
    }

    private void showFrom() {
        from.getChildren().clear();
        var origins = model.facts().origins();
        if (!origins.isEmpty()) {
            from.getChildren().add(Labels.note("from"));
            origins.stream()
                    .limit(ORIGINS)
                    .forEach(
                            origin -> {
                                from.getChildren().add(new Badge(origin, Tone.ACCENT));
                                addSmall(model.facts().way(origin));
                            });
            if (origins.size() > ORIGINS) {
                var more = Labels.note("+" + (origins.size() - ORIGINS));
                more.setTooltip(
                        Buttons.tip(
                                origins.stream()
                                        .map(name -> name + ' ' + model.facts().way(name))
                                        .map(String::strip)
                                        .collect(Collectors.joining("\n"))));
                from.getChildren().add(more);
            }
        } else {
            from.getChildren().add(Labels.note("no origin seen yet"));
        }
        add(model.facts().lagProperty().get());
        add(model.facts().sharesProperty().get());
        addVanishing();
        add(model.facts().costProperty().get());
    }

    private void addVanishing() {
        var words = model.facts().vanishesProperty().get();
        if (model.facts().vanishesSoonProperty().get()) {
            var badge = new Badge(words, Tone.WARNING);
            badge.setTooltip(Buttons.tip(Vanishing.RESCUE));
            from.getChildren().add(badge);
        } else {
            add(words);
        }
    }

    private void add(String words) {
        addSmall(words.isEmpty() ? "" : "· " + words);
    }

    private void addSmall(String words) {
        if (!words.isEmpty()) {
            var label = Labels.small(words);
            label.maxWidthProperty().bind(from.widthProperty());
            from.getChildren().add(label);
        }
    }
}
