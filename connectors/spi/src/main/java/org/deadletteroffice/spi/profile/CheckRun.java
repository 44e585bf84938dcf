package org.deadletteroffice.spi.profile;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.deadletteroffice.spi.error.BrokerException;

/// One diagnosis of a connection: its steps one after the other, each told to a listener as it
/// begins and as it ends. What a step throws becomes its result, so that one failure never hides
/// what the others would have found. For one thread; blocks as long as its steps do.
public final class CheckRun {
    private final Consumer<Check> listener;
    private final Function<Exception, BrokerException> errors;

    /// Tells the listener of all `steps` as waiting.
    ///
    /// @param errors puts what a step threw, other than a [BrokerException], into words
    public CheckRun(
            List<String> steps,
            Consumer<Check> listener,
            Function<Exception, BrokerException> errors) {
        this.listener = listener;
        this.errors = errors;
        steps.forEach(name -> listener.accept(Check.waiting(name)));
    }

    /// What a step does.
    public interface Step {
        /// @param name the step's, for its result
        Check run(String name) throws Exception;
    }

    /// Runs one step.
    ///
    /// @param reached false where a step failed without which this one says nothing: it is skipped
    /// @return whether it passed, be it with a warning
    /// @throws BrokerException.Cancelled when interrupted
    public boolean step(String name, boolean reached, Step step) throws BrokerException {
        if (!reached) {
            listener.accept(Check.skipped(name, "An earlier step failed."));
            return false;
        }
        listener.accept(Check.running(name));
        var result = result(name, step);
        listener.accept(result);
        return result.state() != Check.State.FAILED;
    }

    private Check result(String name, Step step) throws BrokerException {
        try {
            var result = step.run(name);
            if (!Thread.currentThread().isInterrupted()) {
                return result;
            }
        } catch (Exception failed) {
            var told = failed instanceof BrokerException known ? known : errors.apply(failed);
            if (!(told instanceof BrokerException.Cancelled)) {
                return Check.failed(name, told.sentence(), told.remedy());
            }
        }
        listener.accept(Check.skipped(name, "Stopped."));
        throw new BrokerException.Cancelled("The check of the connection was stopped.", null);
    }
}
