package io.tidemark.router.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Derives signing keys, and keeps those last used: each serves one key pair, day and region. Thread-safe. */
final class SigningKeys {
    private static final String HMAC = "HmacSHA256";
    /** Clients use one region and one day; an attacker needs a known key to add any. */
    private static final int MAX_KEYS = 1_024;

    private final Cache<CredentialScope, SecretKeySpec> keys =
            Caffeine.newBuilder().maximumSize(MAX_KEYS).build();

    /** @param scope of that key pair */
    byte[] sign(CredentialScope scope, KeyPair keyPair, String stringToSign) {
        SecretKeySpec key = keys.get(scope, missing -> derive(missing, keyPair));
        return hmac(key, stringToSign);
    }

    private static SecretKeySpec derive(CredentialScope scope, KeyPair keyPair) {
        byte[] key = ("AWS4" + keyPair.secretAccessKey()).getBytes(StandardCharsets.UTF_8);
        key = hmac(new SecretKeySpec(key, HMAC), scope.date());
        key = hmac(new SecretKeySpec(key, HMAC), scope.region());
        key = hmac(new SecretKeySpec(key, HMAC), scope.service());
        key = hmac(new SecretKeySpec(key, HMAC), scope.terminator());
        return new SecretKeySpec(key, HMAC);
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every Java platform has " + HMAC, impossible);
        }
    }
}
