package org.deadletteroffice.core;

import org.deadletteroffice.core.archive.Archive;
import org.deadletteroffice.core.archive.Retention;
import org.deadletteroffice.core.audit.AuditTrail;
import org.deadletteroffice.core.audit.Operator;
import org.deadletteroffice.core.browse.DecoderChoices;
import org.deadletteroffice.core.browse.Messages;
import org.deadletteroffice.core.browse.ProfileDecoders;
import org.deadletteroffice.core.browse.Siblings;
import org.deadletteroffice.core.cause.Causes;
import org.deadletteroffice.core.claim.Claims;
import org.deadletteroffice.core.index.IndexFolder;
import org.deadletteroffice.core.job.HeaderPolicies;
import org.deadletteroffice.core.job.Jobs;
import org.deadletteroffice.core.job.Workshop;
import org.deadletteroffice.core.ledger.JobTable;
import org.deadletteroffice.core.ledger.Ledger;
import org.deadletteroffice.core.ledger.LedgerFates;
import org.deadletteroffice.core.logging.LogFile;
import org.deadletteroffice.core.metrics.Metrics;
import org.deadletteroffice.core.profile.Brokers;
import org.deadletteroffice.core.profile.Profiles;
import org.deadletteroffice.core.profile.SystemKeychain;
import org.deadletteroffice.core.query.SavedFilters;
import org.deadletteroffice.core.store.DataFolder;
import org.deadletteroffice.core.store.Store;
import org.deadletteroffice.core.store.StoreException;
import org.deadletteroffice.core.trace.Tracing;

/// The one entry for window and command line. Several processes may open one data folder at the
/// same time.
///
/// The store is opened when something first needs it, so that what needs none is quick. Calls that
/// declare no exception then throw [org.deadletteroffice.core.store.StoreUnavailable], which holds
/// the [StoreException] to show; [#openStore] asks beforehand.
public final class Engine implements AutoCloseable {
    /// The setting that holds the address of a store on PostgreSQL, which a team shares.
    public static final String SHARED_STORE = "store";

    private final Plugins plugins;
    private final Profiles profiles;
    private final Brokers brokers;
    private final Messages messages;
    private final DecoderChoices decoderChoices;
    private final Tracing tracing;
    private final Siblings siblings;
    private final Claims claims;
    private final SavedFilters filters;
    private final Jobs jobs;
    private final AuditTrail audit;
    private final Metrics metrics;
    private final UserSettings settings;
    private final HeaderPolicies headerPolicies;
    private final Store store;

    private Engine(DataFolder folder, EngineOptions options) throws StoreException {
        var clock = options.clock();
        plugins = Plugins.load(options.extraConnectors());
        settings = new UserSettings(folder.settings(), clock);
        store = open(folder, options, settings);
        var operator = new Operator(settings);
        filters = new SavedFilters(settings);
        audit = new AuditTrail(store, clock, operator);
        profiles = new Profiles(folder.profiles(), plugins, new SystemKeychain(), audit);
        brokers = new Brokers(profiles, plugins, audit, clock);
        var fates = new LedgerFates(store);
        decoderChoices = new DecoderChoices(settings);
        messages =
                new Messages(
                        brokers::connection,
                        fates,
                        new ProfileDecoders(brokers::schemaSettings)::of,
                        decoderChoices::of,
                        Causes.standard(),
                        new IndexFolder(folder.indexes(), Causes.standard(), clock));
        claims = new Claims(brokers, profiles, messages);
        jobs =
                new Jobs(
                        new Workshop(
                                brokers,
                                messages,
                                claims,
                                Causes.standard(),
                                new JobTable(store, clock),
                                new Ledger(store),
                                fates,
                                new Archive(folder.archive()),
                                audit,
                                operator,
                                () -> Retention.of(settings),
                                clock));
        tracing = new Tracing(profiles, brokers, messages, audit);
        siblings = new Siblings(brokers, messages, Causes.standard());
        headerPolicies = new HeaderPolicies(settings, audit);
        metrics = new Metrics(profiles, brokers, store, clock);
    }

    private static Store open(DataFolder folder, EngineOptions options, UserSettings settings)
            throws StoreException {
        var address = options.sharedStore().or(() -> settings.get(SHARED_STORE));
        return address.filter(text -> !text.isBlank()).isPresent()
                ? Store.shared(address.get())
                : new Store(folder);
    }

    /// Makes the data folder when it is absent. Blocks for the disk, never for a broker.
    ///
    /// @throws StoreException when the data folder cannot be used, or the address of the shared
    /// store is none, with what to do
    public static Engine open(EngineOptions options) throws StoreException {
        var folder = DataFolder.at(options.home());
        LogFile.open(folder.logs());
        return new Engine(folder, options);
    }

    /// Opens the store now rather than when it is first needed.
    ///
    /// @throws StoreException damaged, from a newer version, no space, no permission
    public void openStore() throws StoreException {
        store.open();
    }

    public Plugins plugins() {
        return plugins;
    }

    public Profiles profiles() {
        return profiles;
    }

    public Brokers brokers() {
        return brokers;
    }

    public Messages messages() {
        return messages;
    }

    public DecoderChoices decoderChoices() {
        return decoderChoices;
    }

    /// What bears the same ids, across all brokers.
    public Tracing tracing() {
        return tracing;
    }

    /// What succeeded of a dead letter's key.
    public Siblings siblings() {
        return siblings;
    }

    /// Payloads that do not travel with their message.
    public Claims claims() {
        return claims;
    }

    /// Filters that have a name.
    public SavedFilters filters() {
        return filters;
    }

    public Jobs jobs() {
        return jobs;
    }

    public AuditTrail audit() {
        return audit;
    }

    public Metrics metrics() {
        return metrics;
    }

    /// What becomes of headers, as saved for each queue.
    public HeaderPolicies headerPolicies() {
        return headerPolicies;
    }

    public UserSettings settings() {
        return settings;
    }

    /// Pauses nothing and loses nothing: jobs that run in this process finish their batch and are
    /// left interrupted.
    @Override
    public void close() {
        metrics.close();
        jobs.close();
        profiles.close();
        messages.close();
        brokers.close();
        store.close();
    }
}
