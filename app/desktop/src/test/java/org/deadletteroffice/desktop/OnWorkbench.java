package org.deadletteroffice.desktop;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Tests with a [Workbench] each.
public abstract class OnWorkbench {
    protected Workbench bench;

    @BeforeEach
    final void openWorkbench() throws Exception {
        bench = Workbench.open();
    }

    @AfterEach
    final void closeWorkbench() throws Exception {
        bench.close();
    }
}
