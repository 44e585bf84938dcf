package org.deadletteroffice.core.archive;

import java.time.Duration;
import org.deadletteroffice.core.UserSettings;
import org.deadletteroffice.spi.message.Numerals;

/// How long the copies of ended jobs are kept: until they are too old or, oldest first, too much.
///
/// @param age since the job last wrote to its copies
/// @param bytes of all copies together, as they lie on the disk
public record Retention(Duration age, long bytes) {
    /// 30 days and 2 GiB.
    public static final Retention PRESET = new Retention(Duration.ofDays(30), 2L << 30);

    /// Names of the settings that differ from the preset: days, and mebibytes.
    public static final String DAYS = "archive.days";

    public static final String MEBIBYTES = "archive.mebibytes";

    /// What the settings say; a setting that is no number above 0 counts as absent.
    public static Retention of(UserSettings settings) {
        return new Retention(
                Duration.ofDays(number(settings, DAYS, PRESET.age.toDays())),
                number(settings, MEBIBYTES, PRESET.bytes >> 20) << 20);
    }

    private static long number(UserSettings settings, String name, long preset) {
        return settings.get(name)
                .filter(text -> text.matches("[1-9]\\d{0,8}"))
                .map(Long::parseLong)
                .orElse(preset);
    }

    /// `30 days or up to 2.0 GiB`.
    public String words() {
        return age.toDays()
                + (age.toDays() == 1 ? " day" : " days")
                + " or up to "
                + Numerals.bytes(bytes);
    }
}
