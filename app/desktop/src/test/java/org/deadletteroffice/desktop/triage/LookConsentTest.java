package org.deadletteroffice.desktop.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import org.deadletteroffice.core.UserSettings;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookConsentTest {
    private static final QueueRef ORDERS = queue("sqs-prod", "orders-dlq");
    private static final QueueRef PARCELS = queue("sqs-prod", "parcels-dlq");
    private static final QueueRef ELSEWHERE = queue("sqs-dev", "orders-dlq");

    @TempDir private Path home;

    private static QueueRef queue(String profile, String name) {
        return new QueueRef(profile, name, QueueKind.QUEUE);
    }

    private LookConsent window() {
        return new LookConsent(
                new UserSettings(home.resolve("settings.json"), Clock.systemUTC()),
                Background.onCallingThread());
    }

    private static boolean isGiven(LookConsent consent, QueueRef queue) {
        var told = new ArrayList<Boolean>();
        consent.ask(queue, told::add);
        assertThat(told).hasSize(1);
        return told.getFirst();
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
        window().giveForProfile(ORDERS);

        assertThat(isGiven(window(), PARCELS)).isTrue();
        assertThat(isGiven(window(), ELSEWHERE)).isFalse();
    }
}
