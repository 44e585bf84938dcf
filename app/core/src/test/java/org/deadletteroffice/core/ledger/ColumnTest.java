package org.deadletteroffice.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.deadletteroffice.core.ByteWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ColumnTest {
    private interface Writer<T> {
        void write(ByteWriter out, List<@Nullable T> values);
    }

    private interface Reader<T> {
        List<@Nullable T> read(DataInputStream in, int count) throws IOException;
    }

    private static <T> byte[] written(Writer<T> writer, List<@Nullable T> values) {
        var out = new ByteWriter(0);
        writer.write(out, values);
        return out.toBytes();
    }

    private static <T> void assertReadBack(
            Writer<T> writer, Reader<T> reader, List<@Nullable T> values) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(written(writer, values)));
        assertThat(reader.read(in, values.size())).isEqualTo(values);
        assertThat(in.available()).isZero();
    }

    @Property
    void ids_of_any_kind_are_read_back(@ForAll("ids") List<@Nullable String> ids)
            throws IOException {
        assertReadBack(Column::writeNumbered, Column::readNumbered, ids);
        assertReadBack(Column::writeRuns, Column::readRuns, ids);
    }

    @Property
    void an_id_is_parted_and_put_together_again(@ForAll("id") String id) {
        assertThat(CountedId.of(id).text()).isEqualTo(id);
    }

    @Property
    void numbers_of_any_kind_are_read_back(@ForAll("numbers") List<@Nullable Long> numbers)
            throws IOException {
        assertReadBack(Column::writeNumbers, Column::readNumbers, numbers);
        assertReadBack(Column::writeCounting, Column::readCounting, numbers);
    }

    @Provide
    Arbitrary<String> id() {
        var numbers = Arbitraries.longs().between(0, Long.MAX_VALUE).map(n -> Long.toString(n));
        var begun =
                Arbitraries.of("0-", "1-", "orders 0-", "", "0", "x00", "1720000000000-")
                        .flatMap(beginning -> numbers.map(number -> beginning + number));
        var any = Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(40);
        return Arbitraries.oneOf(
                begun, any, Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(30));
    }

    @Provide
    Arbitrary<List<@Nullable String>> ids() {
        return id().injectNull(0.1).list().ofMaxSize(60);
    }

    @Provide
    Arbitrary<List<@Nullable Long>> numbers() {
        return Arbitraries.longs().injectNull(0.1).list().ofMaxSize(60);
    }

    @Test
    void two_bytes_are_enough_for_an_id_of_a_log() throws IOException {
        var ids =
                LongStream.range(5_000_000, 5_001_000)
                        .<@Nullable String>mapToObj(offset -> (offset % 2) + "-" + offset / 2)
                        .toList();

        assertThat(written(Column::writeNumbered, ids)).hasSizeLessThan(2_020);
    }
}
