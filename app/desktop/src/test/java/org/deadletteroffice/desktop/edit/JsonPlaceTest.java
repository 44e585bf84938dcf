package org.deadletteroffice.desktop.edit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPlaceTest {
    private static final String TEXT =
            "{ \"a\": \"}\\\"],\", \"lines\": [ {\"sku\": 1}, {\"sku\": [2, 3]} ], \"z\": null }";

    @ParameterizedTest
    @CsvSource({
        "$, {",
        "$.a, '\"a\"'",
        "$.lines, '\"lines\"'",
        "$.lines[1], '{\"sku\": [2'",
        "$.lines[1].sku, '\"sku\": [2'",
        "$.lines[1].sku[1], 3",
        "$.z, '\"z\"'",
        "$.lines[0].missing, '{\"sku\": 1'",
        "$.nowhere.at.all, '{ \"a\"'",
    })
    void finds_a_value_by_its_path_or_what_it_is_missing_in(String path, String begins) {
        assertThat(TEXT.substring(JsonPlace.of(TEXT, path))).startsWith(begins);
    }

    @Test
    void a_text_that_is_cut_short_ends_the_search() {
        for (int end = 0; end <= TEXT.length(); end++) {
            assertThat(JsonPlace.of(TEXT.substring(0, end), "$.lines[1].sku[1]"))
                    .isBetween(0, TEXT.length());
        }
    }
}
