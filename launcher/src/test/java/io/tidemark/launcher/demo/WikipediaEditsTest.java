package io.tidemark.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WikipediaEditsTest {
    @Test
    void theSampleHolds39244EditsInTheOrderOfTime() throws Exception {
        List<Edit> edits = WikipediaEdits.read();

        assertThat(edits).hasSize(39_244);
        assertThat(edits).isSortedAccordingTo((left, right) -> left.time().compareTo(right.time()));
        assertThat(edits.getFirst().page()).isEqualTo("Talk:Oswald Tilghman");
    }

    @Test
    void totalsCountEachEditOnceAndKeepTheLastEditor() throws Exception {
        List<Edit> edits = WikipediaEdits.read();

        Map<String, PageTotals> totals = PageTotals.of(edits);

        assertThat(totals).hasSize(35_143);
        assertThat(totals.values().stream().mapToLong(PageTotals::edits).sum()).isEqualTo(39_244);
        PageTotals first =
                totals.values().stream().min(PageTotals.MOST_EDITED_FIRST).orElseThrow();
        assertThat(first.page()).isEqualTo("Wikipedia:Vandalismusmeldung");
        assertThat(first.edits()).isEqualTo(33);
    }
}
