package io.tidemark.materializer.core;

import static io.tidemark.materializer.core.testing.Values.item;
import static io.tidemark.materializer.core.testing.Values.list;
import static io.tidemark.materializer.core.testing.Values.map;
import static io.tidemark.materializer.core.testing.Values.n;
import static io.tidemark.materializer.core.testing.Values.s;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.materializer.core.testing.Values;
import io.tidemark.schema.expression.Projection;
import io.tidemark.schema.value.Item;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProjectionsTest {
    private static final Item ITEM = item(
            "pk", s("k"),
            "a", map("b", list(n(2), n(4), map("x", s("hi"), "y", s("yo"))), "c", n(5)),
            "b", s("hello"));

    @Test
    void attributesAreReturnedByName() {
        assertThat(project("b", "pk")).isEqualTo(item("b", s("hello"), "pk", s("k")));
    }

    @Test
    void nestedValuesKeepTheStructureThatTheyLieIn() {
        assertThat(project("a.b[2].y")).isEqualTo(item("a", map("b", list(map("y", s("yo"))))));
        assertThat(project("a.c")).isEqualTo(item("a", map("c", n(5))));
    }

    @Test
    void pathsThatBeginAlikeAreJoined() {
        assertThat(project("a.c", "a.b[0]", "b"))
                .isEqualTo(item("a", map("b", list(n(2)), "c", n(5)), "b", s("hello")));
    }

    @Test
    void listElementsMoveTogetherInTheirOrder() {
        assertThat(project("a.b[2].x", "a.b[0]")).isEqualTo(item("a", map("b", list(n(2), map("x", s("hi"))))));
        assertThat(project("a.b[1]", "a.b[7]")).isEqualTo(item("a", map("b", list(n(4)))));
    }

    @Test
    void whatIsNotThereIsLeftOutWithAllThatWouldHoldIt() {
        assertThat(project("q")).isEqualTo(Item.EMPTY);
        assertThat(project("a.x.y", "a.b[3]", "a.b.x", "a[0]", "b.x", "a.b[0][0]"))
                .isEqualTo(Item.EMPTY);
        assertThat(project("a.x", "a.b[1]")).isEqualTo(item("a", map("b", list(n(4)))));
    }

    @Test
    void aPathInsideAnotherOneAddsNothing() {
        assertThat(project("a.b", "a")).isEqualTo(project("a"));
        assertThat(project("a", "a.b[0]")).isEqualTo(project("a"));
        assertThat(project("b", "b")).isEqualTo(project("b"));
    }

    @Test
    void pathsThatContradictEachOtherGiveWhatIsThere() {
        assertThat(project("a[0]", "a.c")).isEqualTo(item("a", map("c", n(5))));
    }

    private static Item project(String... paths) {
        return Projections.project(
                ITEM, new Projection(Arrays.stream(paths).map(Values::path).toList()));
    }
}
