package io.tidemark.conformance.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** Many sequences, by several testers at once, each on tables of its own. */
final class DifferentialRun {
    private static final int MOST_FINDINGS = Integer.getInteger("tidemark.differential.findings", 5);

    private final IntFunction<Tester> testers;
    private final int testerCount;

    /** @param testers by number; each is used by one thread */
    DifferentialRun(int testerCount, IntFunction<Tester> testers) {
        this.testers = testers;
        this.testerCount = testerCount;
    }

    /**
     * The seed of a run's sequence, that of the first being the run's own. They have nothing in common: generators with seeds at a
     * fixed distance would give each other's choices, a few steps later.
     */
    static long seedOf(long seed, long index) {
        return index == 0 ? seed : new SplittableRandom(seed + index).nextLong();
    }

    /** @return the first few findings, each from as few steps as it takes; the first sequence has the seed itself */
    List<Tester.Finding> run(long seed, long sequences) throws InterruptedException {
        AtomicLong next = new AtomicLong();
        ConcurrentLinkedQueue<Tester.Finding> findings = new ConcurrentLinkedQueue<>();
        ExecutorService threads = Executors.newFixedThreadPool(testerCount);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int number = 0; number < testerCount; number++) {
                Tester tester = testers.apply(number);
                List<TableShape> tables = tester.tables();
                work.add(() -> {
                    tester.createTables();
                    SequenceGenerator generator = new SequenceGenerator(tables);
                    while (findings.size() < MOST_FINDINGS) {
                        long index = next.getAndIncrement();
                        if (index >= sequences) {
                            break;
                        }
                        Optional<Tester.Finding> found = tester.run(generator.sequence(seedOf(seed, index)));
                        found.ifPresent(finding -> findings.add(tester.minimized(finding)));
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("seed " + seed, e.getCause());
        } finally {
            threads.shutdownNow();
        }
        return List.copyOf(findings);
    }
}
