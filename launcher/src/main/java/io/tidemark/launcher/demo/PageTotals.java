package io.tidemark.launcher.demo;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the demo's table of pages must hold after some edits, computed in memory without any part of Tidemark: the demo compares
 * what it reads with it.
 *
 * @param lastUser editor of the page's last edit in the order of the source
 */
public record PageTotals(String page, long edits, long added, long deleted, String lastUser, String lastTime) {
    /** Most edits first; pages with as many in the order of their names. */
    public static final Comparator<PageTotals> MOST_EDITED_FIRST =
            Comparator.comparingLong(PageTotals::edits).reversed().thenComparing(PageTotals::page);

    public static Map<String, PageTotals> of(List<Edit> edits) {
        Map<String, PageTotals> totals = new HashMap<>();
        for (Edit edit : edits) {
            totals.merge(
                    edit.page(),
                    new PageTotals(edit.page(), 1, edit.added(), edit.deleted(), edit.user(), edit.timeText()),
                    PageTotals::followedBy);
        }
        return totals;
    }

    private PageTotals followedBy(PageTotals later) {
        return new PageTotals(
                page,
                edits + later.edits,
                added + later.added,
                deleted + later.deleted,
                later.lastUser,
                later.lastTime);
    }
}
