package org.deadletteroffice.desktop.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.desktop.ModelTest;
import org.deadletteroffice.desktop.control.CheckList;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.spi.profile.Field;
import org.deadletteroffice.spi.profile.Secret;
import org.junit.jupiter.api.Test;

class ConnectModelTest extends ModelTest {
    private ConnectModel form() {
        var model = new ConnectModel(desk, null);
        model.kindProperty()
                .set(
                        model.kinds().stream()
                                .filter(kind -> kind.kind().equals("memory"))
                                .findFirst()
                                .orElseThrow());
        return model;
    }

    private static Field field(ConnectModel model, String name) {
        return model.kindProperty().get().schema().field(name).orElseThrow();
    }

    private void fill(ConnectModel model) {
        broker.settings()
                .values()
                .forEach((name, value) -> model.setValue(field(model, name), value));
    }

    @Test
    void looks_at_the_broker_as_soon_as_the_form_is_complete() {
        var model = form();
        assertThat(model.diagnosis().steps()).isEmpty();
        fill(model);
        assertThat(model.diagnosis().steps())
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step.state()).isEqualTo(CheckList.State.PASSED));
        assertThat(model.diagnosis().foundProperty().get()).isEqualTo("1 found");
    }

    @Test
    void patterns_decide_what_is_found() {
        var model = form();
        fill(model);
        model.patternsProperty().set("orders-*, *.retry");
        assertThat(model.diagnosis().foundProperty().get()).isEqualTo("2 found");
    }

    @Test
    void a_missing_field_is_named_and_nothing_is_saved() {
        var model = form();
        model.nameProperty().set("orders");
        model.save();
        assertThat(model.problems()).isNotEmpty();
        assertThat(engine.profiles().all()).isEmpty();
    }

    @Test
    void a_profile_needs_a_name_of_its_own() throws Exception {
        saved("orders", Environment.STAGING);
        var model = form();
        fill(model);
        model.save();
        assertThat(model.problems()).containsKey("name");
        model.nameProperty().set("orders");
        model.save();
        assertThat(model.problems().get("name")).contains("already");
    }

    @Test
    void saving_closes_the_form_and_keeps_what_was_filled_in() throws Exception {
        desk.navigation().open(new Sheet.Connect(null));
        var model = form();
        fill(model);
        model.nameProperty().set("orders");
        model.environmentProperty().set(Environment.PRODUCTION);
        model.patternsProperty().set("*-dlt");
        model.save();
        var profile = engine.profiles().get("orders");
        assertThat(profile.environment()).isEqualTo(Environment.PRODUCTION);
        assertThat(profile.deadLetterPatterns()).containsExactly("*-dlt");
        assertThat(desk.navigation().sheet().get()).isNull();
    }

    @Test
    void a_pasted_address_fills_the_form() {
        var model = form();
        assertThat(model.paste("memory:" + broker.name())).isTrue();
        assertThat(model.noteProperty().get()).contains("1 field");
        assertThat(model.diagnosis().steps()).isNotEmpty();
        assertThat(model.paste("nobody understands this")).isFalse();
    }

    @Test
    void a_wrong_password_is_a_failed_step_with_what_to_do() {
        broker.addUser("operator", new Secret("right"));
        var model = form();
        fill(model);
        model.setValue(field(model, "user"), "operator");
        model.setSecret(field(model, "password"), "wrong");
        model.check();
        assertThat(model.diagnosis().steps())
                .filteredOn(step -> step.state() == CheckList.State.FAILED)
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step.remedy()).isNotBlank());
        assertThat(model.diagnosis().foundProperty().get()).isEmpty();
    }

    @Test
    void editing_begins_with_what_was_saved() throws Exception {
        var profile = saved("orders", Environment.STAGING);
        engine.profiles().mark("orders", "orders.retry", true);
        var model = new ConnectModel(desk, engine.profiles().get("orders"));
        assertThat(model.isNew()).isFalse();
        assertThat(model.nameProperty().get()).isEqualTo("orders");
        model.environmentProperty().set(Environment.PRODUCTION);
        model.save();
        var changed = engine.profiles().get("orders");
        assertThat(changed.values()).isEqualTo(profile.values());
        assertThat(changed.environment()).isEqualTo(Environment.PRODUCTION);
        assertThat(changed.marks()).isEqualTo(Map.of("orders.retry", true));
    }
}
