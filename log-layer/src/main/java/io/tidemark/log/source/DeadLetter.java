package io.tidemark.log.source;

/**
 * A source record that could not become a command, kept so that nothing is lost. A restart may keep one more than once; topic,
 * partition and offset tell.
 *
 * @param reason for who wrote the record
 * @param omittedValueBytes size of a value that is too large to be kept here and is left in its topic alone; else 0
 */
public record DeadLetter(int bindingId, SourceRecord record, String reason, long omittedValueBytes) {}
