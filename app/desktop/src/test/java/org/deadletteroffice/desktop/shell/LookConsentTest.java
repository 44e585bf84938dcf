package org.deadletteroffice.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.OnWorkbench;
import org.deadletteroffice.desktop.Workbench;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;

class LookConsentTest extends OnWorkbench {
    private static final QueueRef ORDERS = queue(Workbench.PROFILE, ORDERS_DLT);
    private static final QueueRef PARCELS = queue(Workbench.PROFILE, "parcels-dlq");
    private static final QueueRef ELSEWHERE = queue(Workbench.PRODUCTION, ORDERS_DLT);

    private static QueueRef queue(String profile, String name) {
        return new QueueRef(profile, name, QueueKind.QUEUE);
    }

    private LookConsent window() {
        return new LookConsent(bench.engine().profiles(), Background.onCallingThread());
    }

    private static boolean isGiven(LookConsent consent, QueueRef queue) {
        var told = new ArrayList<Boolean>();
        consent.ask(queue, told::add);
        assertThat(told).hasSize(1);
        return told.getFirst();
    }

    private void giveForProfile() {
        var consent = window();
        assertThat(isGiven(consent, ORDERS)).isFalse();
        consent.giveForProfile(ORDERS);
    }

    private Profile profile() throws Exception {
        return bench.engine().profiles().get(Workbench.PROFILE);
    }

    private void save(Profile profile) throws Exception {
        bench.engine().profiles().save(profile, Map.of());
    }

    private static Profile waitingLonger(Profile profile) {
        var values = new HashMap<>(profile.values());
        values.put("timeout", "77s");
        return Profile.of(profile.name(), profile.kind(), profile.environment(), values);
    }

    @Test
    void of_one_queue_lasts_as_long_as_the_window() {
        var consent = window();
        assertThat(isGiven(consent, ORDERS)).isFalse();

        consent.give(ORDERS);

        assertThat(isGiven(consent, ORDERS)).isTrue();
        assertThat(isGiven(consent, PARCELS)).isFalse();
        assertThat(isGiven(window(), ORDERS)).isFalse();
    }

    @Test
    void of_a_profile_holds_for_all_its_queues_and_outlasts_the_window() {
        giveForProfile();

        assertThat(isGiven(window(), PARCELS)).isTrue();
        assertThat(isGiven(window(), ELSEWHERE)).isFalse();
    }

    @Test
    void is_not_inherited_by_a_new_profile_of_the_name() throws Exception {
        giveForProfile();
        var profile = profile();

        bench.engine().profiles().remove(profile.name());
        save(profile);

        assertThat(isGiven(window(), ORDERS)).isFalse();
    }

    @Test
    void holds_for_no_broker_that_the_profile_reaches_since_it_was_asked() throws Exception {
        var consent = window();
        isGiven(consent, ORDERS);
        save(waitingLonger(profile()));

        consent.giveForProfile(ORDERS);

        assertThat(isGiven(consent, ORDERS)).isFalse();
        assertThat(isGiven(window(), ORDERS)).isFalse();
    }

    @Test
    void ends_when_the_profile_reaches_its_broker_in_another_way() throws Exception {
        var consent = window();
        isGiven(consent, ORDERS);
        consent.giveForProfile(ORDERS);
        bench.engine().profiles().mark(Workbench.PROFILE, "orders", true);
        save(profile());
        assertThat(isGiven(consent, ORDERS)).as("nothing of that changed").isTrue();
        assertThat(isGiven(window(), ORDERS)).as("nor for good").isTrue();

        save(waitingLonger(profile()));

        assertThat(isGiven(consent, ORDERS)).isFalse();
        assertThat(isGiven(window(), ORDERS)).isFalse();
    }
}
