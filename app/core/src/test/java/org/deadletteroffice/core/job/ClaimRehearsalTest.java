package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.memory.Right;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whether the payloads are there that messages point to, told before any is sent.
class ClaimRehearsalTest {
    @TempDir Path home;
    private Office office;

    @BeforeEach
    void start() throws Exception {
        office = new Office(home, true);
    }

    @AfterEach
    void stop() {
        office.close();
    }

    private static MemoryMessage pointer(String key) {
        return Office.letter(
                "[\"software.amazon.payloadoffloading.PayloadS3Pointer\",{\"s3BucketName\":\"big\",\"s3Key\":\"%s\"}]"
                        .formatted(key));
    }

    private ClaimVerdicts rehearsed() throws Exception {
        return Objects.requireNonNull(office.jobs().rehearse(office.all(), null).claims());
    }

    @Test
    void a_missing_payload_is_said_before_its_pointer_is_sent() throws Exception {
        office.broker.put("big", "there", new byte[3]);
        office.broker.send(
                Office.DLQ, pointer("there"), pointer("gone"), pointer("gone"), pointer("lost"));
        office.die(0, 10);

        var verdicts = rehearsed();

        assertThat(verdicts.present()).isEqualTo(1);
        assertThat(verdicts.missing()).isEqualTo(3);
        assertThat(verdicts.unknown()).isZero();
        assertThat(verdicts.findings())
                .extracting(Preview.Exclusion::reason)
                .containsExactly("There is no object big/gone.", "There is no object big/lost.");
        assertThat(verdicts.findings().getFirst().examples()).hasSize(2);
    }

    @Test
    void nothing_is_said_where_nothing_points_anywhere() throws Exception {
        office.die(0, 10);

        assertThat(office.jobs().rehearse(office.all(), null).claims()).isNull();
    }

    @Test
    void what_a_repair_points_to_is_what_counts() throws Exception {
        office.broker.put("big", "there", new byte[3]);
        office.broker.send(Office.DLQ, pointer("gone"));
        var repaired = new Change.Jq(".[1].s3Key = \"there\"");

        var preview =
                office.jobs()
                        .rehearse(Office.to(office.all(), "elsewhere", repaired, List.of()), null);

        assertThat(Objects.requireNonNull(preview.claims()).present()).isEqualTo(1);
    }

    @Test
    void a_missing_right_is_no_missing_payload() throws Exception {
        office.broker.send(Office.DLQ, pointer("17"));
        office.broker.faults().forbid(Right.READ, "big");

        assertThat(rehearsed().unknown()).isEqualTo(1);
    }

    @Test
    void a_host_that_the_profile_does_not_name_is_not_asked() throws Exception {
        office.broker.send(Office.DLQ, Office.letter("{\"dataref\":\"https://evil.invalid/1\"}"));

        var verdicts = rehearsed();

        assertThat(verdicts.unknown()).isEqualTo(1);
        assertThat(verdicts.findings().getFirst().reason())
                .contains("not asked")
                .doesNotContain("evil");
    }

    @Test
    void a_pointer_within_a_compressed_payload_is_followed_too() throws Exception {
        office.broker.put("big", "there", new byte[3]);
        office.broker.send(Office.DLQ, compressed(pointer("there")), compressed(pointer("gone")));

        var verdicts = rehearsed();

        assertThat(verdicts.present()).isEqualTo(1);
        assertThat(verdicts.missing()).isEqualTo(1);
    }

    private static MemoryMessage compressed(MemoryMessage message) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(Objects.requireNonNull(message.payload()));
        }
        return MemoryMessage.of(bytes.toByteArray()).with(message.headers());
    }

    @Test
    void payloads_lie_in_the_store_of_the_profile_that_is_named_for_them() throws Exception {
        var vault = MemoryBroker.named("vault-" + UUID.randomUUID());
        vault.put("big", "there", new byte[3]);
        office.name("vault", vault, Map.of());
        office.name(Office.PROFILE, office.broker, Map.of("payloadProfile", "vault"));
        office.broker.put("big", "here", new byte[3]);
        office.broker.send(Office.DLQ, pointer("there"), pointer("here"));

        var verdicts = rehearsed();

        assertThat(verdicts.present()).isEqualTo(1);
        assertThat(verdicts.findings())
                .extracting(Preview.Exclusion::reason)
                .containsExactly("There is no object big/here.");
    }

    @Test
    void a_profile_that_does_not_exist_finds_nothing_and_says_so() throws Exception {
        office.name(Office.PROFILE, office.broker, Map.of("payloadProfile", "nobody"));
        office.broker.send(Office.DLQ, pointer("17"));

        var verdicts = rehearsed();

        assertThat(verdicts.unknown()).isEqualTo(1);
        assertThat(verdicts.findings().toString()).contains("nobody");
    }

    @Test
    void a_rehearsal_is_no_inventory() throws Exception {
        office.broker.send(
                Office.DLQ,
                IntStream.range(0, ClaimTally.MOST + 5)
                        .mapToObj(number -> pointer("k" + number))
                        .toList());

        var verdicts = rehearsed();

        assertThat(verdicts.missing()).isEqualTo(ClaimTally.MOST);
        assertThat(verdicts.unknown()).isEqualTo(5);
    }
}
