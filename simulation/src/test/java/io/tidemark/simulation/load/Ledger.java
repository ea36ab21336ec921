package io.tidemark.simulation.load;

import io.tidemark.schema.value.AttributeValue;
import io.tidemark.schema.value.Item;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Every write with its answer, and what was seen meanwhile that must not be. Thread-safe until it is checked. */
public final class Ledger {
    static final String KEY = "id";
    static final String COUNT = "count";
    static final String MARKS = "marks";
    static final String MARK = "mark";

    private final Queue<Write> writes = new ConcurrentLinkedQueue<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong strongReads = new AtomicLong();
    private final AtomicLong repetitions = new AtomicLong();

    void add(Write write) {
        writes.add(write);
        if (write.answer() == Answer.ACKNOWLEDGED) {
            acknowledged.incrementAndGet();
        }
    }

    void violated(String what) {
        violations.add(what);
    }

    void readStrongly() {
        strongReads.incrementAndGet();
    }

    void repeated() {
        repetitions.incrementAndGet();
    }

    public long acknowledged() {
        return acknowledged.get();
    }

    public String figures() {
        Map<Answer, Integer> answers = new EnumMap<>(Answer.class);
        writes.forEach(write -> answers.merge(write.answer(), 1, Integer::sum));
        return answers + ", " + strongReads + " strong reads after a write, " + repetitions
                + " writes sent again with their request id";
    }

    /**
     * Compares what is there with what was answered.
     *
     * @param items all of the table
     * @return one line for each write that was lost, took effect twice, or took effect although it was said not to
     */
    public List<String> check(Collection<Item> items) {
        Map<String, Item> byKey = new TreeMap<>();
        List<String> found = new ArrayList<>(violations);
        for (Item item : items) {
            if (byKey.put(text(item, KEY), item) != null) {
                found.add("the table holds " + text(item, KEY) + " twice");
            }
        }
        Map<String, List<Write>> writesByKey = new TreeMap<>();
        writes.forEach(write -> writesByKey
                .computeIfAbsent(write.effect().key(), key -> new ArrayList<>())
                .add(write));
        byKey.keySet().stream()
                .filter(key -> !writesByKey.containsKey(key))
                .forEach(key -> found.add(key + " is there, and nobody wrote it"));
        writesByKey.forEach((key, expected) -> check(key, byKey.getOrDefault(key, Item.EMPTY), expected, found));
        return found;
    }

    private static void check(String key, Item item, List<Write> expected, List<String> found) {
        Set<String> marks = marks(item);
        Set<String> issued = new HashSet<>();
        for (Write write : expected) {
            issued.add(write.mark());
            boolean there = marks.contains(write.mark());
            switch (write.answer()) {
                case ACKNOWLEDGED -> {
                    if (!there) {
                        found.add(key + " has lost the acknowledged " + write);
                    }
                }
                case REFUSED -> {
                    if (there || item.equals(Item.EMPTY)) {
                        found.add(key + " refused what should not be refused: " + write);
                    }
                }
                case WITHOUT_EFFECT -> {
                    if (there) {
                        found.add(key + " shows an effect that was said not to be: " + write);
                    }
                }
                case UNKNOWN -> {}
            }
        }
        marks.stream()
                .filter(mark -> !issued.contains(mark))
                .forEach(mark -> found.add(key + " has a mark that nobody made: " + mark));
        long count = count(item);
        if (item.get(MARKS) != null && count != marks.size()) {
            found.add(key + " counts " + count + " where " + marks.size() + " increments left their mark");
        }
    }

    static Set<String> marks(Item item) {
        Set<String> marks = new HashSet<>();
        if (item.get(MARKS) instanceof AttributeValue.SS set) {
            marks.addAll(set.values());
        }
        if (item.get(MARK) instanceof AttributeValue.S mark) {
            marks.add(mark.value());
        }
        return marks;
    }

    private static long count(Item item) {
        return item.get(COUNT) instanceof AttributeValue.N number
                ? number.value().value().longValueExact()
                : 0;
    }

    private static String text(Item item, String attribute) {
        return ((AttributeValue.S) item.attributes().get(attribute)).value();
    }
}
