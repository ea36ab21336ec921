package io.tidemark.router.auth;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The key pairs that are known. Immutable. */
public final class Credentials {
    /** Nobody is known: every signed request is refused. */
    public static final Credentials NONE = new Credentials(List.of());

    private final Map<String, KeyPair> byId;

    private Credentials(List<KeyPair> keyPairs) {
        byId = KeyPair.byId(keyPairs);
    }

    /** @throws IllegalArgumentException if two have the same access key id */
    public static Credentials of(List<KeyPair> keyPairs) {
        return new Credentials(keyPairs);
    }

    public Optional<KeyPair> keyPair(String accessKeyId) {
        return Optional.ofNullable(byId.get(accessKeyId));
    }

    public boolean isEmpty() {
        return byId.isEmpty();
    }
}
