package org.deadletteroffice.desktop.plan;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Labels;
import org.kordamp.ikonli.feather.Feather;

/// The last step: the reason for the audit trail, and where it is asked for the queue's name typed.
public final class ConfirmPane extends VBox {
    public ConfirmPane(Confirmation asked) {
        getStyleClass().add("card");
        var title = Labels.section("");
        title.textProperty()
                .bind(
                        Bindings.when(asked.needsNameProperty())
                                .then("To confirm, type the queue's name")
                                .otherwise("Confirm"));
        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        var where =
                Labels.small(
                        switch (asked.environment()) {
                            case PRODUCTION -> "production broker";
                            case STAGING -> "staging broker";
                            case DEVELOPMENT -> "development broker";
                        });
        var head = new HBox(8, title, filler, where);
        head.setAlignment(Pos.CENTER_LEFT);

        var name = new TextField();
        name.setId("typed-name");
        name.textProperty().bindBidirectional(asked.typedNameProperty());
        name.setPromptText(asked.queue().name());
        name.setAccessibleText("Type the queue's name, " + asked.queue().name());
        name.getStyleClass().add("mono");
        shownWhile(name, asked.needsNameProperty());

        var body = new VBox(10, head, name, reason(asked), lock(asked));
        body.getStyleClass().add("card-part");
        getChildren().add(body);
    }

    private static Node reason(Confirmation asked) {
        var reason = new TextField();
        reason.setId("reason");
        reason.textProperty().bindBidirectional(asked.reasonProperty());
        reason.setAccessibleText("Reason for the audit trail");
        reason.setPromptText(asked.isProduction() ? "needed on production" : "optional");
        HBox.setHgrow(reason, Priority.ALWAYS);
        var row = new HBox(8, Labels.note("Reason for the audit trail"), reason);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private static Node lock(Confirmation asked) {
        var words =
                Labels.small(
                        "This profile is read-only. Give a reason and unlock it for 15 minutes.");
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMaxWidth(Double.MAX_VALUE);
        var unlock = Buttons.plain("Unlock", Feather.UNLOCK, asked::unlock);
        unlock.setId("unlock");
        unlock.disableProperty().bind(asked.reasonProperty().map(String::isBlank));
        var row = new HBox(8, words, unlock);
        row.setAlignment(Pos.CENTER_LEFT);
        shownWhile(row, asked.lockedProperty());
        return row;
    }

    private static void shownWhile(Node node, ObservableValue<Boolean> condition) {
        node.managedProperty().bind(condition);
        node.visibleProperty().bind(condition);
    }
}
