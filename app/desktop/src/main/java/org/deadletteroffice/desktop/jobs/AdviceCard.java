package org.deadletteroffice.desktop.jobs;

import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.deadletteroffice.core.job.JobInfo;
import org.jspecify.annotations.Nullable;

/// What to do about a job that stopped itself or was interrupted; no room where there is nothing to
/// be done.
final class AdviceCard extends VBox {
    AdviceCard(JobsModel model) {
        super(4);
        getStyleClass().add("advice-card");
        setId("advice");
        setMinHeight(Region.USE_PREF_SIZE);
        model.selectedProperty().addListener((_, _, job) -> show(job));
        show(model.selectedProperty().get());
    }

    private void show(@Nullable JobInfo job) {
        var advice = Optional.ofNullable(job).flatMap(JobAdvice::of);
        setVisible(advice.isPresent());
        setManaged(advice.isPresent());
        getChildren().clear();
        advice.ifPresent(this::show);
    }

    private void show(JobAdvice advice) {
        advice.tone().on(this);
        var title = line(advice.title());
        title.getStyleClass().add("error-sentence");
        getChildren().addAll(title, line(advice.reason()), line(advice.remedy()));
        setAccessibleText(advice.title() + ". " + advice.reason() + " " + advice.remedy());
    }

    private static Label line(String words) {
        var label = new Label(words);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }
}
