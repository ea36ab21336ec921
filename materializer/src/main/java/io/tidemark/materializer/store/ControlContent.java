package io.tidemark.materializer.store;

import java.util.function.BiConsumer;

/** All of a replica that is not an item, in its stored form without seals (see {@link StoreFormat}). */
interface ControlContent {
    /** The parts with many entries, in the order in which they are hashed. */
    enum Section {
        TABLES(StoreFormat.TABLE),
        SOURCES(StoreFormat.SOURCE),
        REJECTIONS(StoreFormat.REJECTION),
        OUTCOMES((byte) 'O');

        private final byte code;

        Section(byte code) {
            this.code = code;
        }

        byte code() {
            return code;
        }
    }

    Position position();

    /** Hands out key and content of every entry in key order. */
    void forEach(Section section, BiConsumer<byte[], byte[]> consumer);
}
