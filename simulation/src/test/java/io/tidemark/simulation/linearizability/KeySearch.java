package io.tidemark.simulation.linearizability;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an order of one key's operations that the model agrees with: the search of Wing and Gong ("Testing and verifying
 * concurrent objects", 1993) with Lowe's memory of what has been tried ("Testing for linearizability", 2017).
 *
 * <p>Begins and answers are a list in the order of time. An operation whose begin stands before the first answer may be next:
 * if the model agrees, both its events leave the list. Where nothing may be next, the latest choice is taken back. A set of chosen
 * operations with the state that they led to is tried once. An operation without an answer has no second event, and the order may
 * do without it: such operations are tried where none with an answer fits, since most orders that hold need them seldom, and
 * each that could be taken anywhere doubles what there is to try.
 */
final class KeySearch {
    /** One begin or answer. Answers know no operation's begin; begins know their answer. */
    private static final class Event {
        final int operation;
        final boolean begin;
        final long time;

        @Nullable
        Event answer;

        @Nullable
        Event previous;

        @Nullable
        Event next;

        Event(int operation, boolean begin, long time) {
            this.operation = operation;
            this.begin = begin;
            this.time = time;
        }
    }

    private record Tried(BitSet chosen, Register state) {}

    private record Choice(Event begin, Register before) {}

    private final String key;
    private final List<Operation> operations;
    private final long maxSteps;
    private final Event head = new Event(-1, false, Long.MIN_VALUE);
    private final BitSet chosen = new BitSet();
    private final Set<Tried> tried = new HashSet<>();
    private final Deque<Choice> choices = new ArrayDeque<>();
    private Register state = Register.ABSENT;
    private int answersLeft;
    private List<Operation> longest = List.of();
    private @Nullable Operation blocked;

    KeySearch(String key, List<Operation> operations, long maxSteps) {
        this.key = key;
        this.operations = List.copyOf(operations);
        this.maxSteps = maxSteps;
        link();
    }

    private void link() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            Event begin = new Event(i, true, operation.invoked());
            events.add(begin);
            if (operation.answered().isPresent()) {
                Event answer = new Event(i, false, operation.answered().getAsLong());
                begin.answer = answer;
                events.add(answer);
                answersLeft++;
            }
        }
        // At the same time begins come first: then more orders are allowed, never fewer.
        events.sort(Comparator.<Event>comparingLong(event -> event.time).thenComparing(event -> !event.begin));
        Event last = head;
        for (Event event : events) {
            last.next = event;
            event.previous = last;
            last = event;
        }
    }

    Verdict run() {
        Event event = head.next;
        boolean answered = true;
        for (long steps = 1; answersLeft > 0; steps++) {
            if (steps > maxSteps) {
                return new Verdict.Undecided(key, steps - 1);
            }
            if (event != null && event.begin) {
                if ((event.answer != null) == answered && choose(event)) {
                    event = head.next;
                    answered = true;
                } else {
                    event = event.next;
                }
            } else if (answered) {
                event = head.next;
                answered = false;
            } else {
                remember(event);
                if (choices.isEmpty()) {
                    return notLinearizable();
                }
                Event begin = takeBack();
                event = begin.next;
                answered = begin.answer != null;
            }
            if (answersLeft == 0) {
                return new Verdict.Linearizable(operations.size(), steps);
            }
        }
        return new Verdict.Linearizable(operations.size(), 0);
    }

    /** Takes the operation as the next one, if the model agrees and this was not tried before. */
    private boolean choose(Event begin) {
        Operation operation = operations.get(begin.operation);
        Register.Step step = state.apply(operation.input());
        if (!operation.agreesWith(step)) {
            return false;
        }
        BitSet with = (BitSet) chosen.clone();
        with.set(begin.operation);
        if (!tried.add(new Tried(with, step.after()))) {
            return false;
        }
        choices.push(new Choice(begin, state));
        chosen.set(begin.operation);
        state = step.after();
        unlink(begin);
        if (begin.answer != null) {
            unlink(begin.answer);
            answersLeft--;
        }
        return true;
    }

    /** @return what was taken back: the search goes on behind it, among those of its kind first */
    private Event takeBack() {
        Choice choice = choices.pop();
        Event begin = choice.begin();
        state = choice.before();
        chosen.clear(begin.operation);
        if (begin.answer != null) {
            relink(begin.answer);
            answersLeft++;
        }
        relink(begin);
        return begin;
    }

    private static void unlink(Event event) {
        if (event.previous != null) {
            event.previous.next = event.next;
        }
        if (event.next != null) {
            event.next.previous = event.previous;
        }
    }

    /** Events are put back in the opposite order of their leaving, so that their neighbours are those that they had. */
    private static void relink(Event event) {
        if (event.previous != null) {
            event.previous.next = event;
        }
        if (event.next != null) {
            event.next.previous = event;
        }
    }

    private void remember(@Nullable Event answer) {
        if (answer != null && (blocked == null || choices.size() > longest.size())) {
            List<Operation> order = new ArrayList<>();
            choices.descendingIterator()
                    .forEachRemaining(choice -> order.add(operations.get(choice.begin().operation)));
            longest = order;
            blocked = operations.get(answer.operation);
        }
    }

    private Verdict notLinearizable() {
        Operation next = blocked;
        if (next == null) {
            throw new IllegalStateException("the search ended without meeting an answer that does not fit");
        }
        return new Verdict.NotLinearizable(key, longest, next);
    }
}
