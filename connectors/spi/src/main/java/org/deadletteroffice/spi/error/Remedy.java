package org.deadletteroffice.spi.error;

import java.time.Duration;

/// What the operator can do about a failure.
public sealed interface Remedy {
    /// A permission that the broker's administrator has to grant, in the broker's own words.
    record Grant(String permission) implements Remedy {}

    /// It may work later.
    record Wait(Duration atLeast) implements Remedy {}

    /// A field of the profile is likely wrong.
    record Edit(String profileField) implements Remedy {}

    /// Anything else, as one sentence in the imperative.
    record Advice(String text) implements Remedy {}

    /// One sentence in the imperative.
    default String sentence() {
        return switch (this) {
            case Grant(var permission) -> "Ask for the permission " + permission + ".";
            case Wait(var atLeast) -> "Try again in " + Math.max(1, atLeast.toSeconds()) + " s.";
            case Edit(var field) -> "Check the field '" + field + "' of the profile.";
            case Advice(var text) -> text;
        };
    }
}
