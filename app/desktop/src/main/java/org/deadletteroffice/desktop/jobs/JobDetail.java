package org.deadletteroffice.desktop.jobs;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.deadletteroffice.core.Durations;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobItem;
import org.deadletteroffice.core.job.JobKind;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.desktop.control.Badge;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Columns;
import org.deadletteroffice.desktop.control.EmptyState;
import org.deadletteroffice.desktop.control.Segmented;
import org.deadletteroffice.desktop.control.Tables;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.text.Ages;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.desktop.text.GuaranteeWords;
import org.deadletteroffice.desktop.text.JobWords;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// One job: how it stands, what can be done, why messages failed, and each message, where it has
/// any to name.
final class JobDetail extends VBox {
    private final Label title = new Label();
    private final Badge state = new Badge();
    private final Label sentence = new Label();
    private final ProgressBar progress = new ProgressBar();
    private final FlowPane numbers = new FlowPane(26, 10);
    private final GridPane facts = new GridPane(16, 5);
    private final VBox failures = new VBox(4);
    private final VBox failureCard;
    private final VBox itemsCard;
    private final EmptyState unnamed =
            new EmptyState(
                    Feather.FAST_FORWARD,
                    "The broker names no messages",
                    "It moves them by itself and tells how many, not which.");

    JobDetail(JobsModel model) {
        super(12);
        getStyleClass().add("detail-side");
        setMinWidth(320);
        title.getStyleClass().add("page-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        sentence.setWrapText(true);
        sentence.getStyleClass().add("muted");
        progress.getStyleClass().addAll("status-progress", "large-progress");
        progress.setMaxWidth(Double.MAX_VALUE);
        progress.setAccessibleText("Progress");

        var heading = new HBox(10, title, state);
        heading.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(heading, Priority.ALWAYS);
        var head = new HBox(8, heading, acts(model));
        head.setAlignment(Pos.CENTER_LEFT);

        failureCard = new VBox(8, cardTitle("Why messages did not go through"), failures);
        failureCard.getStyleClass().addAll("card", "padded");

        var table = items(model);
        var filter =
                new Segmented<>(
                        "Messages shown",
                        List.of(JobsModel.Filter.values()),
                        JobsModel.Filter.ALL,
                        each -> each.words);
        filter.getStyleClass().add("small-segments");
        filter.valueProperty().bindBidirectional(model.filterProperty());
        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        var more = Buttons.link("Load more", model::readMore);
        more.visibleProperty().bind(model.moreItemsProperty());
        var itemsHead =
                new HBox(8, cardTitle("Messages"), filler, more, backLink(model, table), filter);
        itemsHead.setAlignment(Pos.CENTER_LEFT);
        itemsHead.getStyleClass().add("card-head");
        itemsCard = new VBox(itemsHead, table);
        itemsCard.getStyleClass().addAll("card", "table-card");
        VBox.setVgrow(table, Priority.ALWAYS);
        VBox.setVgrow(itemsCard, Priority.ALWAYS);
        itemsCard.setMinHeight(140);
        VBox.setVgrow(unnamed, Priority.ALWAYS);

        getChildren()
                .addAll(
                        head,
                        sentence,
                        new AdviceCard(model),
                        progress,
                        numbers,
                        new FatesCard(model.fates()),
                        facts,
                        failureCard,
                        itemsCard,
                        unnamed);
        model.selectedProperty().addListener((_, _, job) -> show(job));
        show(model.selectedProperty().get());
    }

    private static HBox acts(JobsModel model) {
        var pause = Buttons.withKey(Buttons.plain("", model::pauseOrResume), "P");
        pause.textProperty()
                .bind(model.actsProperty().map(acts -> acts.resume() ? "Resume" : "Pause"));
        shownWhen(pause, model, acts -> acts.pause() || acts.resume());
        var stop = Buttons.withKey(Buttons.danger("Stop", model::stop), "S");
        shownWhen(stop, model, JobsModel.Acts::stop);
        var abandon = Buttons.danger("Give up…", model::abandon);
        shownWhen(abandon, model, JobsModel.Acts::abandon);
        var retry = Buttons.withKey(Buttons.primary("Retry what failed", model::retryFailed), "R");
        shownWhen(retry, model, JobsModel.Acts::retry);
        var rest = Buttons.withKey(Buttons.primary("Redrive the rest…", model::redriveRest), "D");
        rest.setTooltip(
                Buttons.tip("The same plan over what this job did not send, rehearsed anew"));
        shownWhen(rest, model, JobsModel.Acts::rest);
        var undo = Buttons.withKey(Buttons.primary("Put back…", () -> model.undo(List.of())), "U");
        undo.setTooltip(Buttons.tip("Puts back what this purge took away, byte for byte"));
        shownWhen(undo, model, JobsModel.Acts::undo);
        var queue = Buttons.withKey(Buttons.plain("Open queue", model::openQueue), "O");
        var audit = Buttons.plain("Audit", model::openAudit);
        var box = new HBox(8, pause, stop, abandon, retry, rest, undo, queue, audit);
        box.setAlignment(Pos.CENTER_RIGHT);
        return box;
    }

    private static void shownWhen(
            Button button, JobsModel model, java.util.function.Predicate<JobsModel.Acts> allowed) {
        button.visibleProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () -> allowed.test(model.actsProperty().get()),
                                model.actsProperty()));
        button.managedProperty().bind(button.visibleProperty());
    }

    /// Of a purge, single messages can be put back as well.
    private static Node backLink(JobsModel model, TableView<JobItem> table) {
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        var chosen = table.getSelectionModel().getSelectedItems();
        var link = Buttons.link("", () -> model.undo(List.copyOf(chosen)));
        link.textProperty()
                .bind(
                        Bindings.size(chosen)
                                .map(
                                        count ->
                                                count.intValue() == 1
                                                        ? "Put back this message…"
                                                        : "Put back these " + count + "…"));
        link.visibleProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () -> model.actsProperty().get().undo() && !chosen.isEmpty(),
                                model.actsProperty(),
                                chosen));
        link.managedProperty().bind(link.visibleProperty());
        return link;
    }

    private static TableView<JobItem> items(JobsModel model) {
        var empty = new Label("No message of this kind.");
        empty.getStyleClass().add("muted");
        var table =
                Tables.of(
                        "Messages of the job",
                        model.items(),
                        empty,
                        List.of(
                                Columns.text(
                                        "Message",
                                        110,
                                        "mono",
                                        (JobItem item) -> item.message().toString()),
                                Columns.drawn(
                                        "State",
                                        90,
                                        Badge::new,
                                        (badge, item) ->
                                                badge.show(words(item.state()), tone(item))),
                                Columns.text("Sent to", 150, item -> orNothing(item.destination())),
                                Columns.text(
                                        "Lies at", 150, "mono", item -> orNothing(item.position())),
                                Columns.text("Why", 240, item -> orNothing(item.reason()))));
        Tables.onOpen(table, model::openMessage);
        return table;
    }

    private void show(@Nullable JobInfo job) {
        setVisible(job != null);
        if (job == null) {
            return;
        }
        title.setText(JobWords.title(job));
        state.show(JobWords.of(job.state()), JobWords.tone(job.state()));
        sentence.setText(job.sentence());
        // Where there is advice it says this too.
        boolean said = job.sentence().isEmpty() || JobAdvice.of(job).isPresent();
        show(sentence, !said);
        progress.setProgress(
                job.state().isEnd() ? Math.max(0, JobWords.progress(job)) : JobWords.progress(job));
        numbers.getChildren().clear();
        boolean sends = FateLook.isSending(job);
        number(job.planned(), "planned", Tone.NEUTRAL);
        if (job.kind() == JobKind.PURGE) {
            number(job.removed(), "taken away", job.removed() > 0 ? Tone.SUCCESS : Tone.NEUTRAL);
        } else {
            number(
                    job.sent(),
                    sends ? "sent" : job.kind() == JobKind.MOVE ? "moved" : "put in",
                    job.sent() > 0 ? Tone.SUCCESS : Tone.NEUTRAL);
        }
        number(job.failed(), "failed", job.failed() > 0 ? Tone.DANGER : Tone.NEUTRAL);
        number(job.excluded(), "left out", job.excluded() > 0 ? Tone.WARNING : Tone.NEUTRAL);
        if (sends) {
            number(job.returned(), "came back", job.returned() > 0 ? Tone.WARNING : Tone.NEUTRAL);
        }
        var rate = job.rate();
        if (rate != null) {
            number(Amounts.rate(rate), "just now", Tone.NEUTRAL);
        }
        var left = job.remaining();
        if (left != null) {
            number(Durations.words(left), "left", Tone.NEUTRAL);
        }
        facts(job);
        boolean byBroker = job.kind() == JobKind.MOVE;
        show(itemsCard, !byBroker);
        show(unnamed, byBroker);
        var reasons = JobsModel.failures(job);
        show(failureCard, !reasons.isEmpty());
        failures.getChildren().clear();
        for (var reason : reasons) {
            var count = new Badge(Amounts.of(reason.getValue()), Tone.DANGER);
            var text = new Label(reason.getKey());
            text.setWrapText(true);
            failures.getChildren().add(new HBox(8, count, text));
        }
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    private void facts(JobInfo job) {
        facts.getChildren().clear();
        var now = Instant.now();
        var zone = ZoneId.systemDefault();
        fact("From", job.source().name() + " on " + job.source().profile());
        fact("What", job.scope());
        fact("To", job.destination());
        fact("Guarantee", GuaranteeWords.of(job.guarantee()));
        var ended = job.ended();
        fact(
                "When",
                Ages.at(job.started(), now, zone)
                        + (ended == null ? "" : " to " + Ages.at(ended, now, zone))
                        + " · took "
                        + Durations.words(job.elapsed()));
        fact(
                "Who",
                job.operator()
                        + (job.mine() || job.ended() != null || job.state() == JobState.INTERRUPTED
                                ? ""
                                : " · in another process"));
        if (!job.reason().isEmpty()) {
            fact("Why", job.reason());
        }
    }

    private void fact(String name, String text) {
        var label = new Label(name);
        label.getStyleClass().add("muted");
        label.setMinWidth(Region.USE_PREF_SIZE);
        var value = new Label(text);
        value.setWrapText(true);
        facts.addRow(facts.getRowCount(), label, value);
    }

    private void number(long value, String name, Tone tone) {
        number(Amounts.of(value), name, tone);
    }

    private void number(String value, String name, Tone tone) {
        numbers.getChildren().add(new Numbered(value, name, tone));
    }

    private static Label cardTitle(String text) {
        var label = new Label(text);
        label.getStyleClass().add("card-title");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private static String words(JobItem.State state) {
        return switch (state) {
            case EXCLUDED -> "left out";
            case PLANNED -> "to do";
            case SENT -> "sent";
            case DONE -> "done";
            case FAILED -> "failed";
        };
    }

    private static Tone tone(JobItem item) {
        return switch (item.state()) {
            case EXCLUDED -> Tone.WARNING;
            case PLANNED -> Tone.NEUTRAL;
            case SENT -> Tone.ACCENT;
            case DONE -> Tone.SUCCESS;
            case FAILED -> Tone.DANGER;
        };
    }

    private static String orNothing(@Nullable String text) {
        return text == null ? "" : text;
    }
}
