package org.deadletteroffice.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.UserSettings;
import org.deadletteroffice.core.query.SavedFilters.SavedFilter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedFiltersTest {
    @TempDir Path folder;
    private SavedFilters filters;

    @BeforeEach
    void open() {
        filters = reopened();
    }

    private SavedFilters reopened() {
        return new SavedFilters(
                new UserSettings(folder.resolve("settings.json"), Clock.systemUTC()));
    }

    @Test
    void a_name_stands_for_the_filter_in_every_process() throws Exception {
        filters.save("slow", " cause.type.endsWith('TimeoutException') ");
        filters.save("Berlin", "berlin");

        var other = reopened();

        assertThat(other.all())
                .containsExactly(
                        new SavedFilter("berlin", "berlin"),
                        new SavedFilter("slow", "cause.type.endsWith('TimeoutException')"));
        assertThat(other.parse("@slow").isExpression()).isTrue();
        assertThat(other.text(" @BERLIN ")).isEqualTo("berlin");
        assertThat(other.text("user@example.org")).isEqualTo("user@example.org");
    }

    @Test
    void one_of_the_same_name_is_replaced_and_a_removed_one_is_gone() throws Exception {
        filters.save("slow", "one");
        filters.save("slow", "two");
        assertThat(filters.text("@slow")).isEqualTo("two");

        filters.remove("slow");

        assertThat(filters.all()).isEmpty();
        assertThatThrownBy(() -> filters.remove("slow")).isInstanceOf(OperatorException.class);
    }

    @Test
    void a_wrong_name_or_filter_is_refused_with_what_to_do() throws Exception {
        filters.save("slow", "one");

        assertThatThrownBy(() -> filters.parse("@slwo"))
                .isInstanceOfSatisfying(
                        OperatorException.class,
                        wrong -> assertThat(wrong.remedy()).isEqualTo("Did you mean: @slow"));
        assertThatThrownBy(() -> filters.save("two words", "x"))
                .isInstanceOf(OperatorException.class);
        assertThatThrownBy(() -> filters.save("x", "cause.typ == 'a'"))
                .isInstanceOf(FilterException.class);
        assertThatThrownBy(() -> filters.save("x", "  ")).isInstanceOf(OperatorException.class);
    }
}
