package io.tidemark.conformance.local;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Hands the same running DynamoDB Local to every test that asks for one. Each test uses tables of its own. */
public final class LocalExtension implements ParameterResolver {
    /** It takes any that are letters and digits. */
    public static final AwsCredentialsIdentity CREDENTIALS = AwsCredentialsIdentity.create("local", "local");

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(LocalExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DynamoDbLocal.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent("local", key -> DynamoDbLocal.inMemory(), DynamoDbLocal.class);
    }
}
