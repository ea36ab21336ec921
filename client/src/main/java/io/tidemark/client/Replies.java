package io.tidemark.client;

import io.tidemark.schema.node.NodeReply;

/** Checks that a reply is of the kind that belongs to its request. */
final class Replies {
    private Replies() {}

    static <T extends NodeReply> T as(Class<T> kind, NodeReply reply) {
        if (!kind.isInstance(reply)) {
            throw new InternalErrorException("a node answered with a "
                    + reply.getClass().getSimpleName() + " instead of a " + kind.getSimpleName());
        }
        return kind.cast(reply);
    }
}
