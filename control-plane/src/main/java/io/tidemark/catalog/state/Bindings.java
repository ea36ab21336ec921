package io.tidemark.catalog.state;

import io.tidemark.schema.TableId;
import io.tidemark.schema.catalog.BindingDescription;
import java.util.List;
import java.util.Optional;
import org.pcollections.TreePMap;

/**
 * Every source binding. Immutable.
 *
 * @param byId in the order of the ids
 * @param lastId of all bindings that there have ever been; 0 if none
 */
record Bindings(TreePMap<Integer, BindingDescription> byId, int lastId) {
    static final Bindings EMPTY = new Bindings(TreePMap.empty(), 0);

    /** O(bindings): there are few of them. */
    Optional<BindingDescription> find(String topic, TableId tableId) {
        return byId.values().stream()
                .filter(binding -> binding.tableId().equals(tableId)
                        && binding.spec().topic().equals(topic))
                .findFirst();
    }

    Bindings plus(BindingDescription binding) {
        if (binding.id() != lastId + 1) {
            throw new IllegalStateException("binding " + binding.id() + " cannot follow binding " + lastId);
        }
        return new Bindings(byId.plus(binding.id(), binding), binding.id());
    }

    Bindings minus(int id) {
        return new Bindings(byId.minus(id), lastId);
    }

    Bindings minusTable(TableId tableId) {
        List<Integer> ended = byId.values().stream()
                .filter(binding -> binding.tableId().equals(tableId))
                .map(BindingDescription::id)
                .toList();
        return new Bindings(byId.minusAll(ended), lastId);
    }
}
