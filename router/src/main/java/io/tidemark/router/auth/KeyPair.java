package io.tidemark.router.auth;

import io.tidemark.router.operation.TableAccess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A client's access key, and the tables that it opens. A table is named in full, or by a beginning and {@code *}; {@code *}
 * alone means every table. What is not listed is denied.
 *
 * @param read names of tables whose items may be read
 * @param write names of tables whose items may be written
 * @param admin names of tables that may be created, changed, tagged and deleted
 */
public record KeyPair(
        String accessKeyId, String secretAccessKey, List<String> read, List<String> write, List<String> admin)
        implements TableAccess {
    private static final String ANY = "*";

    public KeyPair {
        if (accessKeyId.isBlank() || accessKeyId.contains("/") || secretAccessKey.isEmpty()) {
            throw new IllegalArgumentException(
                    "an access key id without slashes and a secret access key must be given: '" + accessKeyId + "'");
        }
        read = checked(read);
        write = checked(write);
        admin = checked(admin);
    }

    /** For everything with every table. */
    public static KeyPair unrestricted(String accessKeyId, String secretAccessKey) {
        List<String> every = List.of(ANY);
        return new KeyPair(accessKeyId, secretAccessKey, every, every, every);
    }

    /** @throws IllegalArgumentException if two have the same id */
    static Map<String, KeyPair> byId(List<KeyPair> keyPairs) {
        Map<String, KeyPair> byId = new HashMap<>();
        for (KeyPair keyPair : keyPairs) {
            if (byId.put(keyPair.accessKeyId(), keyPair) != null) {
                throw new IllegalArgumentException(
                        "the access key id '" + keyPair.accessKeyId() + "' is given twice; remove one of them");
            }
        }
        return Map.copyOf(byId);
    }

    @Override
    public boolean allows(Right right, String tableName) {
        List<String> names = switch (right) {
            case READ -> read;
            case WRITE -> write;
            case ADMIN -> admin;
        };
        for (String name : names) {
            if (matches(name, tableName)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String name, String tableName) {
        return name.endsWith(ANY)
                ? tableName.startsWith(name.substring(0, name.length() - ANY.length()))
                : tableName.equals(name);
    }

    private static List<String> checked(List<String> names) {
        for (String name : names) {
            int star = name.indexOf(ANY);
            if (name.isEmpty() || (star >= 0 && star < name.length() - 1)) {
                throw new IllegalArgumentException(
                        "a table is allowed by its name or by a beginning and '*', not by '" + name + "'");
            }
        }
        return List.copyOf(names);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "KeyPair[" + accessKeyId + ", read=" + read + ", write=" + write + ", admin=" + admin + "]";
    }
}
