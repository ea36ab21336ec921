package io.tidemark.router.http;

import static io.tidemark.router.http.RouterFixture.answer;
import static io.tidemark.router.http.RouterFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.router.auth.Credentials;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RouterTlsTest {
    private static Path resource(String name) throws Exception {
        var url = RouterTlsTest.class.getResource(name);
        assertThat(url).isNotNull();
        return Path.of(url.toURI());
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load((@Nullable InputStream) null, null);
        try (InputStream in = java.nio.file.Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "router", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void bothVersionsOfHttpAreServedOverTls(HttpClient.Version version) throws Exception {
        RouterConfig config = RouterFixture.OPEN.withTls(
                new RouterConfig.Tls(resource("test-certificate.pem"), resource("test-key.pem")));
        try (RouterFixture router = new RouterFixture(config, Credentials.NONE, call -> answer("{}"));
                HttpClient https = HttpClient.newBuilder()
                        .version(version)
                        .sslContext(trusting(resource("test-certificate.pem")))
                        .build()) {
            assertThat(router.uri().getScheme()).isEqualTo("https");
            HttpResponse<byte[]> response = https.send(
                    router.request(RouterFixture.TARGET + "ListTables", "{}").build(), BodyHandlers.ofByteArray());
            assertThat(text(response)).isEqualTo("{}");
            assertThat(response.version()).isEqualTo(version);
        }
    }

    @Test
    void aKeyThatCannotBeReadIsToldAtTheStart() throws Exception {
        RouterConfig config = RouterFixture.OPEN.withTls(
                new RouterConfig.Tls(resource("test-certificate.pem"), Path.of("/no/such/key.pem")));
        assertThatThrownBy(() -> new RouterFixture(config, Credentials.NONE, call -> answer("{}")))
                .isInstanceOf(RouterStartException.class)
                .hasMessageContaining("check the certificate and the private key");
    }
}
