/** Clients of the DynamoDB-compatible API, and what they were answered. */
@org.jspecify.annotations.NullMarked
package io.tidemark.simulation.api;
