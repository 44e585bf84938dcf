package org.deadletteroffice.desktop.control;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.geometry.Bounds;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import org.deadletteroffice.desktop.Pictures;
import org.junit.jupiter.api.Test;

/// Three acts of a hundred pixels each, beside a title that needs a hundred and twenty at least.
class TitleAndActsTest {
    private static Region act() {
        var act = new Region();
        act.setMinSize(100, 30);
        act.setPrefSize(100, 30);
        return act;
    }

    private record Places(Bounds title, Bounds first, Bounds last) {}

    private static Places at(double width) {
        return Pictures.onFx(
                () -> {
                    var title = new Label("a.queue.with.a.name.longer.than.its.room.dlq");
                    var first = act();
                    var last = act();
                    var both = new TitleAndActs(title, first, act(), last);
                    var _ = new Scene(both);
                    both.applyCss();
                    both.resize(width, both.prefHeight(width));
                    both.layout();
                    for (var act : new Region[] {first, last}) {
                        assertThat(place(both, act).getMaxX()).isLessThanOrEqualTo(width);
                        assertThat(place(both, act).getMaxY())
                                .isLessThanOrEqualTo(both.getHeight());
                    }
                    return new Places(place(both, title), place(both, first), place(both, last));
                });
    }

    private static Bounds place(TitleAndActs both, Region node) {
        return both.sceneToLocal(node.localToScene(node.getLayoutBounds()));
    }

    @Test
    void acts_stand_beside_a_title_that_has_room() {
        var places = at(500);
        assertThat(places.first().getMinX()).isGreaterThan(places.title().getMaxX());
        assertThat(places.last().getMaxX()).isEqualTo(500);
        assertThat(places.last().getMinY()).isEqualTo(places.first().getMinY());
    }

    @Test
    void acts_lie_below_where_the_title_would_have_none() {
        var places = at(400);
        assertThat(places.title().getWidth()).isEqualTo(400);
        assertThat(places.first().getMinY()).isGreaterThan(places.title().getMaxY());
        assertThat(places.last().getMinY()).isEqualTo(places.first().getMinY());
    }

    @Test
    void acts_take_as_many_lines_as_they_need() {
        var places = at(250);
        assertThat(places.last().getMinY()).isGreaterThan(places.first().getMaxY());
    }
}
