package org.deadletteroffice.core.archive;

/// Where a block lies: written `RUN:OFFSET` in the ledger.
record BlockPlace(int run, long offset) {
    static BlockPlace parse(String text) {
        var colon = text.indexOf(':');
        return new BlockPlace(
                Integer.parseInt(text.substring(0, colon)),
                Long.parseLong(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return run + ":" + offset;
    }
}
