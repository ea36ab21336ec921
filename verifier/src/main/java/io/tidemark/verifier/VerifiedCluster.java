package io.tidemark.verifier;

import io.tidemark.archiver.object.ObjectStore;
import io.tidemark.client.ClusterNodes;
import io.tidemark.log.Log;

/**
 * What is verified. All of it stays the caller's to close.
 *
 * @param log gets the VERIFY barriers; nothing is read from it but its end and the times of unverified records
 * @param store holds the archive
 * @param nodes every zone that is to be there: a zone that is missing here is not verified
 */
public record VerifiedCluster(Log log, ObjectStore store, ClusterNodes nodes) {}
