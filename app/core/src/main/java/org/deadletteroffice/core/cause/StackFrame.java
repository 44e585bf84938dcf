package org.deadletteroffice.core.cause;

import org.jspecify.annotations.Nullable;

/// One call of a stack trace.
///
/// @param method as the language writes it, without arguments: `com.shop.Payments.charge`,
///     `Charge#call`, `main.(*Service).Charge`; empty where it has no name
/// @param file a name or a path, as printed; null where it is not
/// @param line from 1; 0 where it is not printed
/// @param own whether it is the user's own code rather than a library, a framework or the
///     language's own
public record StackFrame(String method, @Nullable String file, int line, boolean own) {
    /// `com.shop.Payments.charge (Payments.java:88)`, as far as it is known.
    public String text() {
        var where = file == null ? "" : line > 0 ? file + ":" + line : file;
        return where.isEmpty() ? method : method.isEmpty() ? where : method + " (" + where + ")";
    }
}
