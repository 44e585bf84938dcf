package org.deadletteroffice.core.job;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.core.audit.AuditTrail;
import org.deadletteroffice.core.ledger.JobRow;
import org.jspecify.annotations.Nullable;

/// Proves for the replay of one message what its payload was and what it became, by digest.
final class EditTrace {
    static void audit(AuditTrail audit, JobRow job, List<Parcel> parcels) {
        if (job.kind() != JobKind.REPLAY) {
            return;
        }
        for (var parcel : parcels) {
            var sent = parcel.outgoing();
            if (sent.payload() != sent.original().payload()) {
                audit.append(
                        "edit",
                        job.source().profile(),
                        job.source().name(),
                        job.id(),
                        job.reason(),
                        Map.of(
                                "message",
                                sent.original().id().text(),
                                "before",
                                digest(sent.original().payload()),
                                "after",
                                digest(sent.payload())));
            }
        }
    }

    /// SHA-256 in hex; `null` for a tombstone, which has no bytes.
    private static String digest(byte @Nullable [] payload) {
        if (payload == null) {
            return "null";
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(payload));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private EditTrace() {}
}
