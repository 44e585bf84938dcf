package org.deadletteroffice.core.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.deadletteroffice.core.cause.LabelledFailures.Labelled;
import org.junit.jupiter.api.Test;

/// How well fingerprints group, against what somebody on call would say.
class FailureGroupingTest {
    private static final double LEAST = 0.95;

    /// Of what is new to the rules: the floor under what was measured.
    private static final double LEAST_FRESH = 0.75;

    private static final List<Labelled> FAILURES =
            LabelledFailures.all().stream().filter(it -> !it.fresh()).toList();
    private static final List<Labelled> FRESH =
            LabelledFailures.all().stream().filter(Labelled::fresh).toList();

    /// Of all pairs of failures: those that the fingerprint puts together, those that the label
    /// does.
    private record Quality(long together, long labelled, long both) {
        static Quality of(List<Labelled> failures) {
            long together = 0;
            long labelled = 0;
            long both = 0;
            var names = failures.stream().map(Labelled::fingerprint).toList();
            for (int i = 0; i < failures.size(); i++) {
                for (int j = i + 1; j < failures.size(); j++) {
                    boolean sameName = names.get(i).equals(names.get(j));
                    boolean sameLabel = failures.get(i).label().equals(failures.get(j).label());
                    together += sameName ? 1 : 0;
                    labelled += sameLabel ? 1 : 0;
                    both += sameName && sameLabel ? 1 : 0;
                }
            }
            return new Quality(together, labelled, both);
        }

        double precision() {
            return (double) both / together;
        }

        double recall() {
            return (double) both / labelled;
        }

        @Override
        public String toString() {
            return "precision %.3f, recall %.3f of %d pairs"
                    .formatted(precision(), recall(), labelled);
        }
    }

    @Test
    void the_set_is_large_and_has_both_parts() {
        assertThat(FAILURES).hasSizeGreaterThanOrEqualTo(300);
        assertThat(FAILURES.stream().map(Labelled::label).distinct().count()).isGreaterThan(100);
        assertThat((double) FAILURES.stream().filter(Labelled::heldOut).count() / FAILURES.size())
                .isBetween(0.15, 0.4);
    }

    @Test
    void pairs_are_grouped_as_an_operator_would() {
        var tuned = Quality.of(FAILURES.stream().filter(it -> !it.heldOut()).toList());
        var heldOut = Quality.of(FAILURES.stream().filter(Labelled::heldOut).toList());
        var fresh = Quality.of(FRESH);
        var all = Quality.of(FAILURES);
        System.out.printf(
                "Grouping of %d failures: %s; tuned on: %s; held out: %s; fresh, %d: %s%n",
                FAILURES.size(), all, tuned, heldOut, FRESH.size(), fresh);

        for (var quality : List.of(all, tuned, heldOut)) {
            assertThat(quality.precision()).as(disagreements()).isGreaterThan(LEAST);
            assertThat(quality.recall()).as(disagreements()).isGreaterThan(LEAST);
        }
        assertThat(fresh.precision()).as(fresh.toString()).isGreaterThan(LEAST);
        assertThat(fresh.recall()).as(fresh.toString()).isGreaterThan(LEAST_FRESH);
    }

    /// Of the failures that may be looked at.
    private static String disagreements() {
        var namesOf = new HashMap<String, Set<String>>();
        var labelsOf = new HashMap<String, Set<String>>();
        for (var failure : FAILURES) {
            if (!failure.heldOut()) {
                namesOf.computeIfAbsent(failure.label(), _ -> new TreeSet<>()).add(failure.told());
                labelsOf.computeIfAbsent(failure.told(), _ -> new TreeSet<>()).add(failure.label());
            }
        }
        var told = new StringBuilder();
        namesOf.forEach(
                (label, names) -> {
                    if (names.size() > 1) {
                        told.append("\nsplit: ").append(label);
                        names.forEach(
                                name -> told.append("\n    ").append(name.replace("\n", " | ")));
                    }
                });
        labelsOf.forEach(
                (name, labels) -> {
                    if (labels.size() > 1) {
                        told.append("\nmerged: ")
                                .append(labels)
                                .append("\n    ")
                                .append(name.replace("\n", " | "));
                    }
                });
        return told.toString();
    }

    @Property(tries = 25)
    void groups_are_the_same_in_any_order(@ForAll Random random) {
        var shuffled = new ArrayList<>(FAILURES);
        java.util.Collections.shuffle(shuffled, random);

        assertThat(groups(shuffled)).isEqualTo(groups(FAILURES));
    }

    private static Map<String, Set<Labelled>> groups(List<Labelled> failures) {
        var groups = new HashMap<String, Set<Labelled>>();
        for (var failure : failures) {
            groups.computeIfAbsent(failure.fingerprint(), _ -> new HashSet<>()).add(failure);
        }
        return groups;
    }
}
