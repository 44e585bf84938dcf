package org.deadletteroffice.core.profile;

/// How careful to be with a broker. Production is read-only until unlocked.
public enum Environment {
    DEVELOPMENT,
    STAGING,
    PRODUCTION
}
