package org.deadletteroffice.cli.command;

import java.time.Duration;
import org.deadletteroffice.core.job.Pace;
import org.deadletteroffice.spi.profile.ProfileSchema;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `20:1m:5%` and `20:60s:0.05`.
final class CanaryConverter implements ITypeConverter<Pace.Canary> {
    @Override
    public Pace.Canary convert(String text) {
        var parts = text.split(":", -1);
        if (parts.length == 3) {
            try {
                int first = Integer.parseInt(parts[0].strip());
                Duration watch = ProfileSchema.parseDuration(parts[1]);
                double share = share(parts[2].strip());
                if (first > 0 && !watch.isNegative() && share >= 0 && share <= 1) {
                    return new Pace.Canary(first, watch, share);
                }
            } catch (IllegalArgumentException notACanary) {
                throw wrong(text);
            }
        }
        throw wrong(text);
    }

    private static double share(String text) {
        return text.endsWith("%")
                ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
                : Double.parseDouble(text);
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException(
                "'" + text + "' is not N:WAIT:SHARE, such as 20:1m:5% or 20:60s:0.05");
    }
}
