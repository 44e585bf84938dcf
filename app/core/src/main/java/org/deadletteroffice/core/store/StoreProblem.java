package org.deadletteroffice.core.store;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import org.h2.api.ErrorCode;
import org.h2.mvstore.MVStoreException;

/// What is wrong with the store, told from what the database says, and what the operator can do
/// about it.
enum StoreProblem {
    /// The process that served the file is gone, or is going.
    SERVER_GONE,
    /// Two transactions wanted the same row.
    CONTENDED,
    DISK_FULL,
    DAMAGED,
    NEWER,
    NOT_ALLOWED,
    /// A mistake of this program.
    DEFECT;

    boolean mayPass() {
        return this == SERVER_GONE || this == CONTENDED;
    }

    static StoreProblem of(Throwable failed) {
        var seen = DEFECT;
        for (var cause = failed; cause != null; cause = cause.getCause()) {
            var told = one(cause);
            // The most telling link of the chain counts: "disk full" below "general error".
            if (told == DISK_FULL || told == NEWER || told == NOT_ALLOWED) {
                return told;
            }
            if (seen == DEFECT) {
                seen = told;
            }
        }
        return seen;
    }

    private static StoreProblem one(Throwable cause) {
        return switch (cause) {
            case SchemaIsNewer _ -> NEWER;
            case IOException io when isFull(io) -> DISK_FULL;
            case java.nio.file.AccessDeniedException _ -> NOT_ALLOWED;
            case MVStoreException _ -> DAMAGED;
            case SQLException sql -> byCode(sql.getErrorCode());
            default -> DEFECT;
        };
    }

    private static boolean isFull(IOException failed) {
        var text = String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space")
                || text.contains("not enough space")
                || text.contains("quota");
    }

    private static StoreProblem byCode(int code) {
        return switch (code) {
            case ErrorCode.CONNECTION_BROKEN_1,
                    ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
                    ErrorCode.DATABASE_IS_CLOSED,
                    ErrorCode.DATABASE_ALREADY_OPEN_1,
                    ErrorCode.ERROR_OPENING_DATABASE_1,
                    ErrorCode.OBJECT_CLOSED,
                    ErrorCode.IO_EXCEPTION_1,
                    ErrorCode.IO_EXCEPTION_2 ->
                    SERVER_GONE;
            case ErrorCode.LOCK_TIMEOUT_1, ErrorCode.DEADLOCK_1, ErrorCode.CONCURRENT_UPDATE_1 ->
                    CONTENDED;
            case ErrorCode.FILE_CORRUPTED_1,
                    ErrorCode.FILE_VERSION_ERROR_1,
                    ErrorCode.GENERAL_ERROR_1 ->
                    DAMAGED;
            case ErrorCode.DATABASE_IS_READ_ONLY, ErrorCode.ACCESS_DENIED_TO_CLASS_1 -> NOT_ALLOWED;
            default -> DEFECT;
        };
    }

    /// @param file where it is, for the operator
    StoreException exception(String file, Throwable cause) {
        return switch (this) {
            case SERVER_GONE ->
                    new StoreException(
                            "The store "
                                    + file
                                    + " is held by another process that does not answer.",
                            "Wait for the other Dead Letter Office processes to end, then try again.",
                            cause,
                            true);
            case CONTENDED ->
                    new StoreException(
                            "The store " + file + " is busy with the work of another process.",
                            "Try again.",
                            cause,
                            true);
            case DISK_FULL ->
                    new StoreException(
                            "The disk that holds " + file + " is full.",
                            "Free some space, then try again; what was stored before is safe.",
                            cause,
                            true);
            case DAMAGED, DEFECT ->
                    new StoreException(
                            "The store "
                                    + file
                                    + " is damaged: jobs and audit trail cannot be read. Profiles are not affected.",
                            "Put a copy from a backup in its place, or move the file elsewhere to begin a new one;"
                                    + " it is never replaced by itself.",
                            cause);
            case NEWER ->
                    new StoreException(
                            "The store "
                                    + file
                                    + " was written by a newer version of Dead Letter Office.",
                            "Use that version, or choose another data folder with --home.",
                            cause);
            case NOT_ALLOWED ->
                    new StoreException(
                            "The store " + file + " may not be written to.",
                            "Make the file and its folder writable for you, or choose another data folder with"
                                    + " --home.",
                            cause);
        };
    }
}
