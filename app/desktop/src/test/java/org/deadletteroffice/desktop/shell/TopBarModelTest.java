package org.deadletteroffice.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.desktop.ModelTest;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;

class TopBarModelTest extends ModelTest {
    private TopBarModel at(String profile) {
        var model = new TopBarModel(desk);
        model.start().close();
        QueueRef queue = broker.ref(profile, "orders-dlt");
        desk.navigation().open(new Place.Triage(queue, null));
        return model;
    }

    @Test
    void production_is_said_and_locked() throws Exception {
        saved("prod", Environment.PRODUCTION);
        var model = at("prod");
        assertThat(model.crumbProperty().get()).isEqualTo("Memory · prod");
        assertThat(model.environmentProperty().get()).isEqualTo(Environment.PRODUCTION);
        assertThat(model.lockProperty().get()).isEqualTo(TopBarModel.Lock.LOCKED);
        assertThat(model.lockTextProperty().get()).isEqualTo("read-only");
    }

    @Test
    void the_lock_opens_after_asking_and_says_for_how_long() throws Exception {
        saved("prod", Environment.PRODUCTION);
        var model = at("prod");
        model.toggleLock();
        assertThat(dialogs.asked).hasSize(1);
        assertThat(model.lockProperty().get()).isEqualTo(TopBarModel.Lock.OPEN);
        assertThat(model.lockTextProperty().get()).matches("read-write · 1[45] min left");
        model.toggleLock();
        assertThat(model.lockProperty().get()).isEqualTo(TopBarModel.Lock.LOCKED);
    }

    @Test
    void nothing_is_locked_where_nothing_is_dangerous() throws Exception {
        saved("dev", Environment.DEVELOPMENT);
        var model = at("dev");
        assertThat(model.lockProperty().get()).isEqualTo(TopBarModel.Lock.NONE);
        model.toggleLock();
        assertThat(dialogs.asked).isEmpty();
        desk.navigation().open(new Place.Jobs(null));
        assertThat(model.crumbProperty().get()).isEqualTo("Jobs");
        assertThat(model.environmentProperty().get()).isNull();
    }
}
