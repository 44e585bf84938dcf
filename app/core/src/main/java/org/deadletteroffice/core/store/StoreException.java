package org.deadletteroffice.core.store;

import org.deadletteroffice.core.OperatorException;
import org.jspecify.annotations.Nullable;

/// The store cannot be used: damaged, from a newer version, no space, no permission.
public final class StoreException extends OperatorException {
    private final boolean mayPass;

    /// For a fault that stays until somebody mends it.
    public StoreException(String sentence, String remedy, @Nullable Throwable cause) {
        this(sentence, remedy, cause, false);
    }

    /// @param mayPass see [#mayPass]
    public StoreException(
            String sentence, String remedy, @Nullable Throwable cause, boolean mayPass) {
        super(Kind.STORE, sentence, remedy, cause);
        this.mayPass = mayPass;
    }

    /// Whether the same act may succeed later with nothing changed in the store itself: the disk
    /// was full, another process held it. A job waits for that.
    public boolean mayPass() {
        return mayPass;
    }
}
