package org.deadletteroffice.desktop.plan;

import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.desktop.control.Badge;
import org.deadletteroffice.desktop.control.Tone;

/// Says on what kind of broker an act takes place.
public final class EnvironmentBadge {
    public static Badge of(Environment environment) {
        return switch (environment) {
            case PRODUCTION -> new Badge("PROD", Tone.DANGER);
            case STAGING -> new Badge("STAGING", Tone.WARNING);
            case DEVELOPMENT -> new Badge("DEV", Tone.NEUTRAL);
        };
    }

    private EnvironmentBadge() {}
}
