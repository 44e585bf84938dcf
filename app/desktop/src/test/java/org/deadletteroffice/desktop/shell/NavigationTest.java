package org.deadletteroffice.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NavigationTest {
    private final Navigation navigation = new Navigation();

    @Test
    void begins_at_the_overview_with_nowhere_to_go_back() {
        assertThat(navigation.place().get()).isEqualTo(new Place.Overview());
        assertThat(navigation.canGoBack().get()).isFalse();
    }

    @Test
    void goes_back_and_forward_through_what_was_visited() {
        navigation.open(new Place.Jobs(null));
        navigation.open(new Place.Audit("x"));

        navigation.back();
        assertThat(navigation.place().get()).isEqualTo(new Place.Jobs(null));
        navigation.back();
        assertThat(navigation.place().get()).isEqualTo(new Place.Overview());
        navigation.forward();
        navigation.forward();
        assertThat(navigation.place().get()).isEqualTo(new Place.Audit("x"));
        navigation.forward();
        assertThat(navigation.place().get()).isEqualTo(new Place.Audit("x"));
    }

    @Test
    void a_new_way_forgets_what_was_ahead() {
        navigation.open(new Place.Jobs(null));
        navigation.back();
        navigation.open(new Place.Help());
        navigation.forward();
        assertThat(navigation.place().get()).isEqualTo(new Place.Help());
    }

    @Test
    void going_where_one_is_leaves_no_step() {
        navigation.open(new Place.Overview());
        assertThat(navigation.canGoBack().get()).isFalse();
    }

    @Test
    void a_sheet_closes_when_the_screen_changes() {
        navigation.open(new Sheet.Connect(null));
        assertThat(navigation.sheet().get()).isEqualTo(new Sheet.Connect(null));
        navigation.open(new Place.Help());
        assertThat(navigation.sheet().get()).isNull();
    }
}
