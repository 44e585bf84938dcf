package org.deadletteroffice.desktop.plan;

import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.desktop.shell.ErrorCard;
import org.jspecify.annotations.Nullable;

/// What went wrong with a plan, in its place on the sheet; takes no room while nothing did.
public final class Trouble extends VBox {
    private final Rehearsing<?> rehearsing;
    private final Runnable again;

    /// @param again rehearses once more
    public Trouble(Rehearsing<?> rehearsing, Runnable again) {
        this.rehearsing = rehearsing;
        this.again = again;
        rehearsing.problemProperty().addListener((_, _, problem) -> show(problem));
        show(rehearsing.problemProperty().get());
    }

    private void show(@Nullable Problem problem) {
        getChildren().clear();
        setManaged(problem != null);
        setVisible(problem != null);
        if (problem != null) {
            getChildren()
                    .add(
                            rehearsing.overProperty().get()
                                    ? new ErrorCard(problem)
                                    : new ErrorCard(
                                            problem, Buttons.plain("Rehearse again", again)));
        }
    }
}
