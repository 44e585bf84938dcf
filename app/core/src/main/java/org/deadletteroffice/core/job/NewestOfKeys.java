package org.deadletteroffice.core.job;

import java.util.Arrays;

/// The newest position of each of a set of keys, by 64 bits of the key: a table of two numbers a
/// key, for a million keys about 32 MB. Two of a million keys are taken for one with a chance of
/// 1 in 10^7.
final class NewestOfKeys {
    /// Of a key that is looked for and was not met.
    static final long NONE = -1;

    private long[] hashes = new long[1 << 8];
    private long[] positions = new long[1 << 8];
    private int size;
    private boolean hasMet;

    /// From now on the key is looked for.
    void want(byte[] key) {
        if (size * 2 >= hashes.length) {
            grow();
        }
        var hash = hash(key);
        var at = place(hash);
        if (hashes[at] == 0) {
            hashes[at] = hash;
            positions[at] = NONE;
            size++;
        }
    }

    /// Nothing happens where the key is not looked for.
    void met(byte[] key, long position) {
        var hash = hash(key);
        var at = place(hash);
        if (hashes[at] == hash) {
            positions[at] = Math.max(positions[at], position);
            hasMet = true;
        }
    }

    /// NONE where the key was not met.
    long newest(byte[] key) {
        var hash = hash(key);
        var at = place(hash);
        return hashes[at] == hash ? positions[at] : NONE;
    }

    /// As if none had been met.
    void forget() {
        Arrays.fill(positions, NONE);
        hasMet = false;
    }

    boolean hasMet() {
        return hasMet;
    }

    private void grow() {
        var oldHashes = hashes;
        var oldPositions = positions;
        hashes = new long[oldHashes.length * 2];
        positions = new long[hashes.length];
        for (var i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                var at = place(oldHashes[i]);
                hashes[at] = oldHashes[i];
                positions[at] = oldPositions[i];
            }
        }
    }

    /// Where the hash stands, or may stand.
    private int place(long hash) {
        var mask = hashes.length - 1;
        var at = (int) (hash ^ (hash >>> 32)) & mask;
        while (hashes[at] != 0 && hashes[at] != hash) {
            at = (at + 1) & mask;
        }
        return at;
    }

    /// FNV-1a with a finish that spreads its bits; never 0, which means an empty place.
    private static long hash(byte[] key) {
        var hash = 0xcbf29ce484222325L;
        for (var each : key) {
            hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash == 0 ? 1 : hash;
    }
}
