package org.deadletteroffice.core.store;

import org.deadletteroffice.core.OperatorException;
import org.jspecify.annotations.Nullable;

/// The store cannot be used: damaged, from a newer version, no space, no permission.
public final class StoreException extends OperatorException {
    public StoreException(String sentence, String remedy, @Nullable Throwable cause) {
        super(Kind.STORE, sentence, remedy, cause);
    }
}
