package io.tidemark.launcher.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCellAndNumbersStandToTheRight() {
        String text = TextTable.withColumns("table", ">items")
                .row("pages", 35_143)
                .row("e", 7)
                .render("  ");

        assertThat(text).isEqualTo("  table  items\n  pages  35143\n  e          7\n");
    }

    @Test
    void aLineBreakInACellDoesNotBreakTheTable() {
        assertThat(TextTable.withColumns("a").row("x\ny").render("").lines()).hasSize(2);
    }

    @Test
    void aRowOfAnotherLengthIsAnError() {
        assertThatThrownBy(() -> TextTable.withColumns("a", "b").row("x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 cells for 2 columns");
    }
}
