package org.deadletteroffice.desktop.redrive;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.StringConverter;
import org.deadletteroffice.core.job.Preview;
import org.deadletteroffice.desktop.control.Badge;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Labels;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.redrive.PlanForm.Where;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.jspecify.annotations.Nullable;

/// From, to, change, guarantee, pace: the plan as a form.
final class PlanPane extends GridPane {
    private static final double WRAP = 580;

    private final RedriveModel model;
    private final PlanForm form;
    private final Badge guarantee = new Badge("", Tone.NEUTRAL);
    private final Label guaranteeWords = Labels.small("");
    private final Label kept = Labels.small("");
    private final Label snapshot = Labels.small("");

    PlanPane(RedriveModel model) {
        this.model = model;
        this.form = model.form();
        getStyleClass().add("plan-pane");
        setHgap(12);
        setVgap(10);
        var names = new ColumnConstraints();
        names.setMinWidth(112);
        var fields = new ColumnConstraints();
        fields.setHgrow(Priority.ALWAYS);
        fields.setFillWidth(true);
        getColumnConstraints().setAll(names, fields);
        addRow(0, top("From"), from());
        addRow(1, top("To"), to());
        addRow(2, top("Change"), new RepairPane(model));
        addRow(3, top("Guarantee"), guarantee());
        addRow(4, top("Pace"), pace());
        addRow(5, top("Options"), options());
        addRow(6, top("Schema"), new RuleMenu(model));
        model.rehearsal().previewProperty().addListener((_, _, preview) -> show(preview));
        show(model.rehearsal().previewProperty().get());
    }

    private static Label top(String words) {
        var label = Labels.formName(words);
        GridPane.setValignment(label, javafx.geometry.VPos.TOP);
        label.setPadding(new javafx.geometry.Insets(4, 0, 0, 0));
        return label;
    }

    private Node from() {
        var queue = new Label(model.source().name());
        queue.getStyleClass().add("strong");
        var words = new Label("· " + model.scopeInWords());
        var flow = new FlowPane(6, 2, queue, words, snapshot);
        flow.setAlignment(Pos.CENTER_LEFT);
        flow.setPadding(new javafx.geometry.Insets(4, 0, 0, 0));
        flow.setPrefWrapLength(WRAP);
        return flow;
    }

    private Node to() {
        var where = new ComboBox<Where>();
        where.getItems().setAll(Where.values());
        where.setConverter(words(Where::words));
        where.valueProperty().bindBidirectional(form.whereProperty());
        where.setAccessibleText("Where the messages go");
        where.setMinWidth(Region.USE_PREF_SIZE);
        var queue = new ComboBox<String>(model.queues());
        queue.setEditable(true);
        queue.setPromptText("name of the queue");
        queue.setAccessibleText("Queue they go to");
        queue.setId("destination");
        queue.getEditor().textProperty().bindBidirectional(form.queueProperty());
        var profile = new ComboBox<String>(model.profiles());
        profile.valueProperty().bindBidirectional(form.profileProperty());
        profile.setAccessibleText("Broker the queue is on");
        for (var box : List.of(queue, profile)) {
            box.visibleProperty().bind(form.whereProperty().isEqualTo(Where.QUEUE));
            box.managedProperty().bind(box.visibleProperty());
        }
        HBox.setHgrow(queue, Priority.ALWAYS);
        queue.setMaxWidth(Double.MAX_VALUE);
        var row = new HBox(8, where, queue, profile, kept);
        row.setAlignment(Pos.CENTER_LEFT);
        kept.managedProperty().bind(form.whereProperty().isEqualTo(Where.ORIGIN));
        kept.visibleProperty().bind(kept.managedProperty());
        return row;
    }

    private Node guarantee() {
        guaranteeWords.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(guaranteeWords, Priority.ALWAYS);
        var row = new HBox(8, guarantee, guaranteeWords);
        row.setAlignment(Pos.TOP_LEFT);
        row.setPadding(new javafx.geometry.Insets(4, 0, 0, 0));
        return row;
    }

    private Node pace() {
        var rate = number(form.perSecondProperty(), 70, "Messages per second", "full");
        var first = number(form.canaryProperty(), 56, "How many go first", "none");
        var wait = number(form.watchProperty(), 52, "Seconds to wait", "");
        var share = number(form.shareProperty(), 46, "Percent that may come back", "");
        first.setId("canary");
        wait.setId("watch");
        share.setId("share");
        var rest =
                new HBox(
                        6,
                        Labels.small("wait"),
                        wait,
                        Labels.small("s, stop if more than"),
                        share,
                        Labels.small("% come back"));
        rest.setAlignment(Pos.CENTER_LEFT);
        rest.disableProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () -> form.canaryProperty().get().isBlank(),
                                form.canaryProperty()));
        var flow =
                new FlowPane(
                        6,
                        6,
                        rate,
                        Labels.small("msg/s"),
                        Labels.small("· canary first"),
                        first,
                        rest,
                        budget());
        flow.setAlignment(Pos.CENTER_LEFT);
        flow.setPrefWrapLength(WRAP);
        return flow;
    }

    private Node budget() {
        var most = number(form.refusalsProperty(), 52, "How many may be refused", "any");
        var of = number(form.refusalsOfProperty(), 64, "Of the last how many", "all");
        most.setId("refusals");
        of.setId("refusals-of");
        of.disableProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () -> form.refusalsProperty().get().isBlank(),
                                form.refusalsProperty()));
        var row =
                new HBox(
                        6,
                        Labels.small("Stop if more than"),
                        most,
                        Labels.small("of"),
                        of,
                        Labels.small("are refused"));
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private Node options() {
        var flow =
                new FlowPane(
                        12,
                        8,
                        option("Keep timestamps", form.keepTimestampProperty()),
                        option("Keep failure headers", form.keepFailureHeadersProperty()),
                        option("Include redriven ones", form.includeResolvedProperty()),
                        option("Include overtaken", form.includeOvertakenProperty()),
                        option("Include poison", form.includePoisonProperty()));
        flow.setPadding(new javafx.geometry.Insets(4, 0, 0, 0));
        flow.setPrefWrapLength(WRAP);
        return flow;
    }

    private static CheckBox option(String words, javafx.beans.property.BooleanProperty value) {
        var box = new CheckBox(words);
        box.selectedProperty().bindBidirectional(value);
        return box;
    }

    private static TextField number(
            javafx.beans.property.StringProperty value, double width, String name, String prompt) {
        var field = new TextField();
        field.textProperty().bindBidirectional(value);
        field.setPrefWidth(width);
        field.setMaxWidth(width);
        field.setAccessibleText(name);
        field.setPromptText(prompt);
        field.setTooltip(Buttons.tip(name));
        return field;
    }

    private void show(@Nullable Preview preview) {
        snapshot.setText(
                preview == null
                        ? "· as they are when it is rehearsed"
                        : "· as they lay when it was rehearsed");
        if (preview == null) {
            guarantee.setVisible(false);
            guarantee.setManaged(false);
            guaranteeWords.setText("The rehearsal tells.");
            kept.setText("key, headers and partition kept; failure headers dropped");
            return;
        }
        guarantee.setVisible(true);
        guarantee.setManaged(true);
        guarantee.show(
                switch (preview.guarantee()) {
                    case EXACTLY_ONCE -> "exactly once";
                    case AT_LEAST_ONCE -> "at least once";
                    case SERVICE -> "the service's own";
                },
                preview.guarantee() == Guarantee.EXACTLY_ONCE ? Tone.SUCCESS : Tone.WARNING);
        guaranteeWords.setText(preview.guaranteeSentence());
        int dropped = preview.droppedHeaders().size();
        kept.setText(
                "key, headers and partition kept"
                        + (dropped == 0
                                ? ""
                                : "; "
                                        + Amounts.of(dropped, "failure header", "failure headers")
                                        + " dropped"));
        kept.setTooltip(
                dropped == 0
                        ? null
                        : Buttons.tip(String.join("\n", preview.droppedHeaders().keySet())));
    }

    private static <T> StringConverter<T> words(java.util.function.Function<T, String> words) {
        return new StringConverter<>() {
            @Override
            public String toString(T value) {
                return value == null ? "" : words.apply(value);
            }

            @Override
            public T fromString(String text) {
                throw new UnsupportedOperationException("not editable");
            }
        };
    }
}
