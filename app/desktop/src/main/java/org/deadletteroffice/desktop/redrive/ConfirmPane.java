package org.deadletteroffice.desktop.redrive;

import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Buttons;
import org.kordamp.ikonli.feather.Feather;

/// The last step: the reason for the audit trail, and on production the queue's name typed.
final class ConfirmPane extends VBox {
    ConfirmPane(RedriveModel model) {
        getStyleClass().add("card");
        var title =
                new Label(model.isProduction() ? "To confirm, type the queue's name" : "Confirm");
        title.getStyleClass().add("section-title");
        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        var where =
                RedriveView.small(
                        switch (model.environment()) {
                            case PRODUCTION -> "production broker";
                            case STAGING -> "staging broker";
                            case DEVELOPMENT -> "development broker";
                        });
        var head = new HBox(8, title, filler, where);
        head.setAlignment(Pos.CENTER_LEFT);

        var name = new TextField();
        name.setId("typed-name");
        name.textProperty().bindBidirectional(model.typedNameProperty());
        name.setPromptText(model.source().name());
        name.setAccessibleText("Type the queue's name, " + model.source().name());
        name.getStyleClass().add("mono");
        var reasonName = RedriveView.small("Reason for the audit trail");
        reasonName.setMinWidth(Region.USE_PREF_SIZE);
        reasonName.setWrapText(false);
        var reason = new TextField();
        reason.setId("reason");
        reason.textProperty().bindBidirectional(model.reasonProperty());
        reason.setAccessibleText("Reason for the audit trail");
        reason.setPromptText(model.isProduction() ? "needed on production" : "optional");
        HBox.setHgrow(reason, Priority.ALWAYS);
        var reasonRow = new HBox(8, reasonName, reason);
        reasonRow.setAlignment(Pos.CENTER_LEFT);

        var lock =
                RedriveView.small(
                        "This profile is read-only. Give a reason and unlock it for 15 minutes.");
        HBox.setHgrow(lock, Priority.ALWAYS);
        lock.setMaxWidth(Double.MAX_VALUE);
        var unlock = Buttons.plain("Unlock", Feather.UNLOCK, model::unlock);
        unlock.setId("unlock");
        unlock.disableProperty()
                .bind(
                        Bindings.createBooleanBinding(
                                () -> model.reasonProperty().get().isBlank(),
                                model.reasonProperty()));
        var lockRow = new HBox(8, lock, unlock);
        lockRow.setAlignment(Pos.CENTER_LEFT);
        lockRow.managedProperty().bind(model.lockedProperty());
        lockRow.visibleProperty().bind(model.lockedProperty());

        var body = new VBox(10, head);
        if (model.isProduction()) {
            body.getChildren().add(name);
        }
        body.getChildren().addAll(reasonRow, lockRow);
        body.getStyleClass().add("card-part");
        getChildren().add(body);
    }
}
