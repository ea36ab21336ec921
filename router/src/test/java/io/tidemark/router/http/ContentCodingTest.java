package io.tidemark.router.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentCodingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "gzip | GZIP",
                "deflate | DEFLATE",
                "identity | -",
                "'' | -",
                "br | -",
                "x-gzip | -",
                "gzip, deflate | GZIP",
                "br, identity, deflate, gzip | DEFLATE",
                "GZIP, identity | GZIP",
                "dog, gzip ,, cat | GZIP",
                "gzip;q=0.8, deflate;q=0.5 | GZIP",
                "br, gzip;q=0, deflate; q = 0.5 , identity;q=0 | DEFLATE",
                "* | GZIP",
                "*, deflate;q=0.5 | GZIP",
                "gzip ;q=0 | -",
                "*;q=0 | -",
                "gzip;q=0.5,identity;q=0.8 | GZIP",
                "gzip br | -",
                "deflate;q=0.5, gzip;q=31 | GZIP",
                "deflate;q=0.5, gzip;q=0.2 | DEFLATE",
                "deflate;q=0.5, gzip;q=1;q=0.2 | GZIP",
                "deflate;q=0.5,gzip;q=0.x | GZIP",
                "deflate;q=-0.5,gzip;q=0.2 | GZIP",
                "*, deflate | DEFLATE",
                "*, gzip;q=0.5 | DEFLATE",
                "*, identity | GZIP",
                "*;q=0.5,identity | GZIP",
                "gzip, deflate;q=0.1, *;q=0.5 | GZIP",
                "gzip;q=0, * | DEFLATE",
                "gzip;q=0, deflate;q=0, * | -",
                "br;q=0.8,identity;q=0.5,*;q=0 | -",
                "gzip;q=31,deflate;q=51 | GZIP",
                "deflate;q=0.5,gzip;q=0. | DEFLATE",
                "gzip;nq=1;q=0  | -",
                "gzip;q=0, gzip;q=1, gzip;q=0 | GZIP",
                "br,identity;q=0.5,gzip;q=0.0001 | GZIP",
                "gzip:q=1 | -",
                "\"gzip\" | -",
            })
    void theCodingThatTheClientLikesBestIsTaken(String acceptEncoding, ContentCoding coding) {
        assertThat(ContentCoding.preferred(acceptEncoding).orElse(null)).isEqualTo(coding);
    }

    @Test
    void whatIsEncodedIsDecoded() {
        byte[] body = "abc".repeat(1_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        for (ContentCoding coding : ContentCoding.values()) {
            byte[] encoded = coding.encode(body);
            assertThat(encoded.length).isLessThan(body.length);
            assertThat(ContentCoding.decode(coding.token(), encoded)).isEqualTo(body);
        }
    }

    @Test
    void noHeaderMeansNoCoding() {
        assertThat(ContentCoding.preferred(null)).isEmpty();
    }
}
