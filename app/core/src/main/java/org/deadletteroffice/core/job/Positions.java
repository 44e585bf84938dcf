package org.deadletteroffice.core.job;

import java.util.Arrays;

/// Places in one partition; 8 bytes each.
final class Positions {
    private long[] all = new long[64];
    private int size;
    private boolean sorted;

    void add(long position) {
        if (size == all.length) {
            all = Arrays.copyOf(all, size * 2);
        }
        all[size++] = position;
        sorted = false;
    }

    boolean contains(long position) {
        if (!sorted) {
            Arrays.sort(all, 0, size);
            sorted = true;
        }
        return Arrays.binarySearch(all, 0, size, position) >= 0;
    }
}
