package io.tidemark.archiver.segment;

import io.tidemark.schema.Bytes;

/**
 * A finished segment, ready to be written as one object.
 *
 * @param sha256 of the whole content; what the next segment names as its predecessor
 */
public record Segment(SegmentHeader header, Bytes content, Sha256 sha256) {
    public SegmentName name() {
        return header.name();
    }
}
