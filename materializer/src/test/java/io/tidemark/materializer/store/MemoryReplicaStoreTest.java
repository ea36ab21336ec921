package io.tidemark.materializer.store;

class MemoryReplicaStoreTest extends ReplicaStoreContract {
    @Override
    ReplicaStore open() {
        return new MemoryReplicaStore(TestLog.SHARD);
    }
}
