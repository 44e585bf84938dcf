package org.deadletteroffice.desktop.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.desktop.OnWorkbench;
import org.deadletteroffice.desktop.Pictures;
import org.deadletteroffice.desktop.Workbench;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.memory.MemoryBroker;
import org.junit.jupiter.api.Test;

/// In the window, where what changes is told once a pulse.
class PlannedBrokersTest extends OnWorkbench {
    @Test
    void a_profile_is_seen_to_move_within_the_pulse_in_which_the_sheet_opens() throws Exception {
        List<String> moved = new CopyOnWriteArrayList<>();
        var desk =
                new Desk(
                        bench.engine(),
                        Background.onVirtualThreads(),
                        bench.navigation(),
                        bench.dialogs());
        var before = bench.engine().profiles().get(Workbench.PROFILE);
        try (var elsewhere = MemoryBroker.named(bench.broker().name() + " elsewhere")) {
            var there =
                    Profile.of(
                            before.name(),
                            before.kind(),
                            before.environment(),
                            elsewhere.settings().values());
            Pictures.onFx(
                    () -> {
                        PlannedBrokers.watch(desk, moved::add);
                        bench.engine().profiles().save(there, Map.of());
                        return true;
                    });
            await().untilAsserted(() -> assertThat(moved).containsExactly(Workbench.PROFILE));
        }
    }
}
