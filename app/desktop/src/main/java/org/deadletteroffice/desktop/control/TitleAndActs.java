package org.deadletteroffice.desktop.control;

import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Pane;

/// A title and what can be done: beside each other while the title has room enough to be known by,
/// else the acts below it, over as many lines as they take.
public final class TitleAndActs extends Pane {
    private static final double GAP = 8;
    private static final double LEAST_TITLE = 120;

    private final Label title;
    private final FlowPane acts;

    public TitleAndActs(Label title, Node... acts) {
        this.title = title;
        this.acts = new FlowPane(GAP, GAP, acts);
        this.acts.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(title, this.acts);
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    /// How wide the acts are in one line.
    private double line() {
        double width = 0;
        for (var act : acts.getChildren()) {
            if (act.isManaged()) {
                width += (width == 0 ? 0 : GAP) + snapSizeX(act.prefWidth(-1));
            }
        }
        return width;
    }

    private boolean areBeside(double width) {
        return LEAST_TITLE + GAP + line() <= width;
    }

    @Override
    protected double computeMinWidth(double height) {
        return LEAST_TITLE;
    }

    @Override
    protected double computePrefWidth(double height) {
        return title.prefWidth(-1) + GAP + line();
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        double above = title.prefHeight(-1);
        return width < 0 || areBeside(width)
                ? Math.max(above, acts.prefHeight(line()))
                : above + GAP + acts.prefHeight(width);
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        double above = title.prefHeight(-1);
        if (areBeside(width)) {
            double left = width - line();
            title.resizeRelocate(0, snapPositionY((height - above) / 2), left - GAP, above);
            acts.resizeRelocate(left, 0, line(), height);
        } else {
            title.resizeRelocate(0, 0, width, above);
            acts.resizeRelocate(0, above + GAP, width, height - above - GAP);
        }
    }
}
