package org.deadletteroffice.cli.command;

import org.deadletteroffice.core.job.Pace.ErrorBudget;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// `20`, `20:1000`, `5%` and `5%:1000`.
final class ErrorBudgetConverter implements ITypeConverter<ErrorBudget> {
    /// Of how many a share is taken where none is given.
    private static final int WINDOW = 1_000;

    @Override
    public ErrorBudget convert(String text) {
        var colon = text.indexOf(':');
        try {
            var most = (colon < 0 ? text : text.substring(0, colon)).strip();
            var window = colon < 0 ? null : Integer.valueOf(text.substring(colon + 1).strip());
            var budget = most.endsWith("%") ? share(most, window) : count(most, window);
            var of = budget.window();
            if (budget.most() >= 0
                    && (of == null || (of > budget.most() && of <= ErrorBudget.LARGEST_WINDOW))) {
                return budget;
            }
        } catch (IllegalArgumentException notABudget) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static ErrorBudget count(String most, @Nullable Integer window) {
        return new ErrorBudget(Integer.parseInt(most), window);
    }

    private static ErrorBudget share(String most, @Nullable Integer window) {
        var percent = Double.parseDouble(most.substring(0, most.length() - 1));
        if (!(percent >= 0 && percent < 100)) {
            throw new IllegalArgumentException(most);
        }
        var of = window == null ? WINDOW : window;
        return new ErrorBudget((int) (of * percent / 100), of);
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException(
                "'"
                        + text
                        + "' is not N, N:WINDOW or SHARE:WINDOW, such as 20 or 5%:1000 (5 % of the last 1,000)");
    }
}
