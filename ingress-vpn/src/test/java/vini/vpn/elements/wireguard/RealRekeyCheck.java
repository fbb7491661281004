package vini.vpn.elements.wireguard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The stock client renews its keys after two minutes, with the times of the protocol. It takes that
 * long, so it is run by its name only: {@code mvn -pl ingress-vpn -am test -Dtest=RealRekeyCheck
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Timeout(300)
class RealRekeyCheck {
    @Test
    void aStockClientRenewsItsKeysWithoutALoss() throws Exception {
        try (Lab lab = new Lab()) {
            lab.serve(lab.element("") + lab.host() + "host -> users -> host;");
            lab.write("n/users.add", lab.clientLine());
            lab.startClient("");
            lab.awaitPing("10.8.0.1");
            for (int minute = 0; minute < 3; minute++) {
                assertThat(lab.inClient("ping -i 0.2 -c 225 -W 2 10.8.0.1"))
                        .contains("225 received");
            }
            assertThat(lab.counted("INITIATION_RECEIVED")).isEqualTo(2);
        }
    }
}
