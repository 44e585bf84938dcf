package org.deadletteroffice.core.job;

import java.security.SecureRandom;

/// Names of jobs: eight letters and digits without those that look alike. Random rather than
/// counted, since brokers keep proofs under them for every data folder that uses them.
final class JobIds {
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 8;

    private final SecureRandom random = new SecureRandom();

    String next() {
        var id = new StringBuilder(LENGTH);
        for (var i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
