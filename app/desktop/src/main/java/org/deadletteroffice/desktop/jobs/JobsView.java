package org.deadletteroffice.desktop.jobs;

import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.desktop.control.Badge;
import org.deadletteroffice.desktop.control.EmptyState;
import org.deadletteroffice.desktop.fx.WhileShowing;
import org.deadletteroffice.desktop.text.JobWords;
import org.kordamp.ikonli.feather.Feather;

/// Jobs on the left, the chosen one on the right.
public final class JobsView extends StackPane {
    public JobsView(JobsModel model) {
        getStyleClass().add("jobs");
        var list = new ListView<>(model.jobs());
        list.getStyleClass().addAll("plain-list", "job-list");
        list.setAccessibleText("Jobs");
        list.setCellFactory(_ -> new JobCell());
        list.getSelectionModel()
                .selectedItemProperty()
                .addListener(
                        (_, _, job) -> {
                            if (job != null && list.isFocused()) {
                                model.select(job);
                            }
                        });
        list.setOnMouseClicked(_ -> model.select(list.getSelectionModel().getSelectedItem()));
        Runnable follow =
                () -> {
                    var job = model.selectedProperty().get();
                    if (job == null) {
                        list.getSelectionModel().clearSelection();
                    } else {
                        list.getSelectionModel().select(job);
                    }
                };
        model.selectedProperty().addListener(_ -> follow.run());

        var title = new Label("Jobs");
        title.getStyleClass().add("page-title");
        var head = new HBox(title);
        head.getStyleClass().add("list-head");
        VBox.setVgrow(list, Priority.ALWAYS);
        var left = new VBox(head, list);
        left.getStyleClass().add("list-side");
        left.setMinWidth(240);

        var detail = new JobDetail(model);
        var split = new SplitPane(left, detail);
        split.getStyleClass().add("frame-split");
        split.setDividerPositions(0.34);

        var empty =
                new EmptyState(
                        Feather.REPEAT,
                        "No job was started yet",
                        "Replays, redrives and purges become jobs. Open a dead-letter queue and"
                                + " choose what to send; here you see how it goes, pause it, and"
                                + " find what failed.");
        Runnable show =
                () -> {
                    split.setVisible(!model.jobs().isEmpty());
                    empty.setVisible(model.jobs().isEmpty());
                };
        model.jobs().addListener((javafx.collections.ListChangeListener<JobInfo>) _ -> show.run());
        show.run();
        getChildren().addAll(split, empty);
        addEventHandler(KeyEvent.KEY_PRESSED, event -> key(model, event));
        WhileShowing.of(this, model::start);
    }

    private static void key(JobsModel model, KeyEvent event) {
        if (event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        switch (event.getCode()) {
            case P -> model.pauseOrResume();
            case S -> model.stop();
            case R -> model.retryFailed();
            case D -> model.redriveRest();
            case C -> model.fates().look();
            case U -> model.undo(List.of());
            case O -> model.openQueue();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private static final class JobCell extends ListCell<JobInfo> {
        private static final PseudoClass ENDED = PseudoClass.getPseudoClass("ended");

        @Override
        protected void updateItem(JobInfo job, boolean empty) {
            super.updateItem(job, empty);
            setText(null);
            if (empty || job == null) {
                setGraphic(null);
                return;
            }
            pseudoClassStateChanged(ENDED, job.state().isEnd());
            var title = new Label(JobWords.title(job));
            title.getStyleClass().add("strong");
            title.setMinWidth(Region.USE_PREF_SIZE);
            var filler = new Region();
            HBox.setHgrow(filler, Priority.ALWAYS);
            var head =
                    new HBox(
                            8,
                            title,
                            filler,
                            new Badge(JobWords.of(job.state()), JobWords.tone(job.state())));
            head.setAlignment(Pos.CENTER_LEFT);
            var route = new Label(JobWords.route(job) + " · " + job.scope());
            var numbers = new Label(JobWords.numbers(job));
            numbers.getStyleClass().addAll("muted", "small");
            var box = new VBox(3, head, route, numbers);
            if (!job.state().isEnd()) {
                box.getChildren().add(2, bar(job));
            }
            setPrefWidth(0);
            setGraphic(box);
            setAccessibleText(
                    JobWords.title(job)
                            + ", "
                            + JobWords.of(job.state())
                            + ", "
                            + route.getText()
                            + ", "
                            + numbers.getText());
        }

        private static Node bar(JobInfo job) {
            var bar = new ProgressBar(JobWords.progress(job));
            bar.getStyleClass().add("status-progress");
            bar.setMaxWidth(Double.MAX_VALUE);
            return bar;
        }
    }
}
