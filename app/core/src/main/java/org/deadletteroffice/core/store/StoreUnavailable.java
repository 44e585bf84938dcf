package org.deadletteroffice.core.store;

/// Carries a [StoreException] out of calls that declare none, since any call may be the first that
/// needs the store. Whoever shows it shows [#problem].
public final class StoreUnavailable extends RuntimeException {
    private final StoreException problem;

    public StoreUnavailable(StoreException problem) {
        super(problem.getMessage(), problem);
        this.problem = problem;
    }

    public StoreException problem() {
        return problem;
    }
}
