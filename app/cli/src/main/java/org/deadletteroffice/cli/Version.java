package org.deadletteroffice.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/// What `dlo --version` prints.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"dlo " + number() + " (Java " + Runtime.version().feature() + ")"};
    }

    /// From the jar's manifest; a class folder has none.
    private static String number() {
        return Objects.requireNonNullElse(
                Version.class.getPackage().getImplementationVersion(), "unpackaged");
    }
}
