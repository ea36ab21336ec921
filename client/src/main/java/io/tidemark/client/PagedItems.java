package io.tidemark.client;

import io.tidemark.schema.key.PrimaryKey;
import io.tidemark.schema.value.Item;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The items of page after page. For one thread. */
final class PagedItems<R> implements Iterator<Item> {
    private final Function<R, ItemPage> fetch;
    private final BiFunction<R, PrimaryKey, R> after;
    private Optional<R> nextRequest;
    private Iterator<Item> items = Collections.emptyIterator();

    PagedItems(R first, Function<R, ItemPage> fetch, BiFunction<R, PrimaryKey, R> after) {
        this.fetch = fetch;
        this.after = after;
        this.nextRequest = Optional.of(first);
    }

    @Override
    public boolean hasNext() {
        while (!items.hasNext() && nextRequest.isPresent()) {
            R request = nextRequest.get();
            ItemPage page = fetch.apply(request);
            nextRequest = page.lastEvaluated().map(key -> after.apply(request, key));
            items = page.items().iterator();
        }
        return items.hasNext();
    }

    @Override
    public Item next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more items");
        }
        return items.next();
    }
}
