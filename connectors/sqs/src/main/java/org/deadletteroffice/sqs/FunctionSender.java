package org.deadletteroffice.sqs;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.spi.error.BrokerException;

/// An asynchronous Invoke of a Lambda function, as SNS does it: Lambda takes the event into its own
/// queue and answers before the function runs.
final class FunctionSender implements Sender {
    private final Account account;
    private final Destination.Function function;

    FunctionSender(Account account, Destination.Function function) {
        this.account = account;
        this.function = function;
    }

    @Override
    public int mostMessages() {
        return 1;
    }

    @Override
    public int mostBytes() {
        return function.maxBytes();
    }

    @Override
    public Outcome send(List<Prepared> batch) throws BrokerException {
        var message = batch.getFirst();
        try {
            var id =
                    new Lambda(account)
                            .invoke(
                                    function.arn(),
                                    Lambda.EVENT,
                                    message.body().getBytes(StandardCharsets.UTF_8));
            return new Outcome(Map.of(0, id), Map.of());
        } catch (BrokerException.TooLarge | BrokerException.Unsupported reason) {
            return new Outcome(Map.of(), Map.of(0, new Fault(true, reason)));
        }
    }
}
