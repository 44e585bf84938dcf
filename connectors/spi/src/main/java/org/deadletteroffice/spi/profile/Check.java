package org.deadletteroffice.spi.profile;

import org.deadletteroffice.spi.error.Remedy;
import org.jspecify.annotations.Nullable;

/// One step of a connection's diagnosis.
///
/// @param name what is checked, e.g. `Port answers`; stable within one diagnosis, so that a later
///     state replaces an earlier
/// @param detail what was found, in words; may be empty
/// @param remedy what would mend a failed step; null where nothing is wrong or nobody knows
public record Check(String name, State state, String detail, @Nullable Remedy remedy) {
    /// Steps start as WAITING and end as one of the last four.
    public enum State {
        WAITING,
        RUNNING,
        PASSED,
        /// Works, with something to know.
        WARNING,
        FAILED,
        /// Not tried, as an earlier step failed or there is nothing to try it on.
        SKIPPED
    }

    public static Check waiting(String name) {
        return new Check(name, State.WAITING, "", null);
    }

    public static Check running(String name) {
        return new Check(name, State.RUNNING, "", null);
    }

    public static Check passed(String name, String detail) {
        return new Check(name, State.PASSED, detail, null);
    }

    public static Check warning(String name, String detail, Remedy remedy) {
        return new Check(name, State.WARNING, detail, remedy);
    }

    public static Check failed(String name, String detail, Remedy remedy) {
        return new Check(name, State.FAILED, detail, remedy);
    }

    public static Check skipped(String name, String detail) {
        return new Check(name, State.SKIPPED, detail, null);
    }
}
