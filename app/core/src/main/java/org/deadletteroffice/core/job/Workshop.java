package org.deadletteroffice.core.job;

import java.time.Clock;
import java.util.function.Supplier;
import org.deadletteroffice.core.archive.Archive;
import org.deadletteroffice.core.archive.Retention;
import org.deadletteroffice.core.audit.AuditTrail;
import org.deadletteroffice.core.audit.Operator;
import org.deadletteroffice.core.browse.Messages;
import org.deadletteroffice.core.cause.Causes;
import org.deadletteroffice.core.claim.Claims;
import org.deadletteroffice.core.ledger.JobTable;
import org.deadletteroffice.core.ledger.Ledger;
import org.deadletteroffice.core.ledger.LedgerFates;
import org.deadletteroffice.core.profile.Brokers;

/// What jobs work with.
///
/// @param retention how long copies are kept, as the settings say now
public record Workshop(
        Brokers brokers,
        Messages messages,
        Claims claims,
        Causes causes,
        JobTable table,
        Ledger ledger,
        LedgerFates fates,
        Archive archive,
        AuditTrail audit,
        Operator operator,
        Supplier<Retention> retention,
        Clock clock) {}
