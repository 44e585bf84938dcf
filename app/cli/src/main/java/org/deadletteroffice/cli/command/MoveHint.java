package org.deadletteroffice.cli.command;

import org.deadletteroffice.cli.Session;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.job.Change;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.spi.error.BrokerException;

/// Where a redrive asks for what the broker can do by itself, says so on standard error, once: a
/// whole queue, nothing changed on the way, one destination on the same broker.
final class MoveHint {
    private final Session session;
    private boolean told;

    MoveHint(Session session) {
        this.session = session;
    }

    void tell(RedriveRequest request) {
        if (!told && isPlain(request) && fits(request)) {
            told = true;
            session.say(
                    Table.plain(
                            "The broker can move the whole queue by itself, without copies: "
                                    + command(request)));
        }
    }

    /// Whether all go as they are: a move changes nothing, and nothing watches it.
    private static boolean isPlain(RedriveRequest request) {
        var source = request.source();
        var profile = request.destinationProfile();
        var pace = request.pace();
        return request.scope() instanceof Scope.All
                && request.change() instanceof Change.None
                && request.headers().edits().isEmpty()
                && (profile == null || profile.equals(source.profile()))
                && !source.name().equals(request.destination())
                && pace.canary() == null
                && pace.budget() == null;
    }

    /// What cannot be asked now is no hint: the redrive tells of the trouble.
    private boolean fits(RedriveRequest request) {
        var source = request.source();
        try {
            var brokers = session.engine().brokers();
            return brokers.capabilities(source).moveOnServer()
                    && (request.destination() != null
                            || brokers.queue(source.profile(), source.name()).feeds().size() == 1);
        } catch (OperatorException | BrokerException unknown) {
            return false;
        }
    }

    private static String command(RedriveRequest request) {
        var source = request.source();
        var to = request.destination();
        var rate = request.pace().perSecond();
        return "dlo move "
                + source.name()
                + " -p "
                + source.profile()
                + (to == null ? "" : " --to " + to)
                + (rate == null ? "" : " --rate " + (int) Math.max(1, rate));
    }
}
