package org.deadletteroffice.core.browse;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.deadletteroffice.spi.connector.Browse;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.connector.Browse.Page;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// Pages through a queue until enough messages match, the end comes, or enough was read. At most
/// one broker page is held besides what matched.
final class PageReader {
    /// With a filter most messages do not match: read more at once than are wanted.
    private static final int FILTERED_PAGE = 250;

    private static final int LARGEST_PAGE = 1_000;

    /// How much larger the next page is where fewer than half of the last one were meant.
    private static final int GROWTH = 2;

    private final Browse browse;
    private final BrowseRequest request;
    private final Count depth;
    private final Function<List<DeadLetter>, List<@Nullable MessageView>> meant;
    private final List<MessageView> matched = new ArrayList<>();
    private long read;

    /// Grows while little matches: a queue of which nearly all is resolved, and so left out, is
    /// passed in few large pages instead of in many as small as the list on screen.
    private int leastPage = 1;

    /// @param meant of each letter its view, null where it is not meant
    PageReader(
            Browse browse,
            BrowseRequest request,
            Count depth,
            Function<List<DeadLetter>, List<@Nullable MessageView>> meant) {
        this.browse = browse;
        this.request = request;
        this.depth = depth;
        this.meant = meant;
    }

    ViewPage read() throws BrokerException {
        long started = System.nanoTime();
        int limit = Math.clamp(request.limit(), 1, LARGEST_PAGE);
        @Nullable Cursor behind = null;
        var ahead = request.from();
        boolean atEnd = false;
        while (matched.size() < limit && !atEnd && read < request.maxRead()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new BrokerException.Cancelled(
                        "Reading of " + request.queue() + " was stopped.", null);
            }
            var page = browse.page(ahead, request.direction(), pageSize(limit));
            behind = behind == null ? behind(page) : behind;
            int taken = take(page, limit);
            if (taken == page.messages().size()) {
                ahead = ahead(page);
                atEnd = page.atEnd();
            } else {
                ahead = after(behind(page), taken);
            }
        }
        var start = behind == null ? request.from() : behind;
        boolean older = request.direction() == Direction.OLDER;
        return new ViewPage(
                matched,
                older ? ahead : start,
                older ? start : ahead,
                atEnd,
                completeness(limit, atEnd, (System.nanoTime() - started) / 1_000_000));
    }

    private int pageSize(int limit) {
        int wanted = limit - matched.size();
        boolean filtered = !request.filter().isAll() || request.fingerprint() != null;
        int least = Math.max(filtered ? FILTERED_PAGE : 1, leastPage);
        long most = Math.min(LARGEST_PAGE, request.maxRead() - read);
        return (int) Math.clamp(Math.max(wanted, least), 1, most);
    }

    /// How many messages of the page were looked at until enough matched.
    private int take(Page page, int limit) {
        var views = meant.apply(page.messages());
        int before = matched.size();
        int taken = 0;
        for (var view : views) {
            if (matched.size() == limit) {
                break;
            }
            taken++;
            if (view != null) {
                matched.add(view);
            }
        }
        read += taken;
        if ((matched.size() - before) * 2 < taken) {
            leastPage = Math.min(LARGEST_PAGE, taken * GROWTH);
        }
        return taken;
    }

    /// The place after the first `count` messages from `start`. Cursors come from the broker alone,
    /// so it is asked for a page that ends there.
    private Cursor after(Cursor start, int count) throws BrokerException {
        var at = start;
        int left = count;
        while (left > 0) {
            var page = browse.page(at, request.direction(), left);
            left -= page.messages().size();
            at = ahead(page);
            if (page.atEnd()) {
                break;
            }
        }
        return at;
    }

    private Cursor ahead(Page page) {
        return request.direction() == Direction.OLDER ? page.older() : page.newer();
    }

    private Cursor behind(Page page) {
        return request.direction() == Direction.OLDER ? page.newer() : page.older();
    }

    private Completeness completeness(int limit, boolean atEnd, long millis) {
        var left = request.direction() == Direction.OLDER ? "Older" : "Newer";
        String sentence;
        if (atEnd) {
            sentence = "";
        } else if (matched.size() >= limit) {
            sentence =
                    "Stopped at %s. %s ones were not read."
                            .formatted(
                                    Numerals.of(
                                            matched.size(),
                                            "message that matches",
                                            "messages that match"),
                                    left);
        } else {
            sentence =
                    "Stopped after reading %s. %s ones were not read."
                            .formatted(Numerals.of(read, "message", "messages"), left);
        }
        return new Completeness(read, matched.size(), depth, atEnd, sentence, millis);
    }
}
