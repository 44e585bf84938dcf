package org.deadletteroffice.desktop.shell;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobKind;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.fx.WhileShowing;
import org.deadletteroffice.desktop.text.JobWords;
import org.jspecify.annotations.Nullable;

/// The line below everything.
final class StatusBar extends HBox {
    private final Hyperlink title;
    private final Label route = new Label();
    private final ProgressBar progress = new ProgressBar();
    private final Label numbers = new Label();
    private final Button pause;
    private final Button stop;
    private final Hyperlink more;
    private final HBox job;

    StatusBar(StatusBarModel model) {
        super(10);
        getStyleClass().add("status-bar");
        setAlignment(Pos.CENTER_LEFT);
        title = Buttons.link("", model::open);
        title.getStyleClass().add("status-job");
        route.getStyleClass().add("status-route");
        route.setMinWidth(40);
        progress.setPrefWidth(180);
        progress.setMinWidth(60);
        progress.getStyleClass().add("status-progress");
        numbers.getStyleClass().add("status-numbers");
        numbers.setMinWidth(80);
        pause = Buttons.plain("Pause", model::pauseOrResume);
        pause.getStyleClass().add("small-button");
        stop = Buttons.danger("Stop", model::stop);
        stop.getStyleClass().add("small-button");
        more = Buttons.link("", model::open);
        job = new HBox(10, title, route, progress, numbers, pause, stop, more);
        job.setAlignment(Pos.CENTER_LEFT);

        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        var brokers = new Label();
        brokers.textProperty().bind(model.brokersProperty());
        brokers.getStyleClass().add("status-brokers");
        brokers.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().addAll(job, filler, brokers);

        Runnable show = () -> show(model.jobProperty().get(), model.aliveProperty().get());
        model.jobProperty().addListener(_ -> show.run());
        model.aliveProperty().addListener(_ -> show.run());
        show.run();
        WhileShowing.of(this, model::start);
    }

    private void show(@Nullable JobInfo now, int alive) {
        job.setVisible(now != null);
        // A bar without an end turns, and costs a frame sixty times a second, seen or not.
        if (now == null) {
            progress.setProgress(0);
            return;
        }
        title.setText(JobWords.title(now));
        route.setText(JobWords.route(now));
        progress.setProgress(
                now.state() == JobState.INTERRUPTED
                        ? Math.max(0, JobWords.progress(now))
                        : JobWords.progress(now));
        var state = now.state() == JobState.RUNNING ? "" : JobWords.of(now.state()) + " · ";
        numbers.setText(state + JobWords.numbers(now));
        progress.setAccessibleText(JobWords.title(now) + ": " + numbers.getText());
        var waits = now.state() == JobState.PAUSED || now.state() == JobState.INTERRUPTED;
        // The broker moves on by itself.
        pause.setVisible(waits || now.kind() != JobKind.MOVE);
        pause.setManaged(pause.isVisible());
        pause.setText(waits ? "Resume" : "Pause");
        pause.setAccessibleText(pause.getText() + " " + JobWords.title(now));
        stop.setVisible(now.state() != JobState.INTERRUPTED);
        stop.setManaged(stop.isVisible());
        stop.setAccessibleText("Stop " + JobWords.title(now));
        more.setVisible(alive > 1);
        more.setManaged(alive > 1);
        more.setText("and " + (alive - 1) + " more");
    }
}
