package clearml.apiserver.auth;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.co",
                "a.b+c@example.com",
                "0b5c6a8e-1@test.ai",
                "__x__@example.com",
                "\"a b\"@example.com",
                "a@b\u00fccher.example",
                "a@1.example.com"
            })
    void anAddressIsAccepted(String email) {
        assertThatCode(() -> EmailAddress.check(email)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "x@",
                "@example.com",
                "a b@example.com",
                "a@b",
                "a@-b.com",
                "a@b..com",
                "a..b@example.com",
                "a@example.com\n",
                "a@b c.com"
            })
    void whatIsNoneIsRefused(String email) {
        assertThatThrownBy(() -> EmailAddress.check(email))
                .hasMessage("Data validation error: email=Invalid email address: " + email);
    }
}
