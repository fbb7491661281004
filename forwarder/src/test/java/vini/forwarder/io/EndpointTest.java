package vini.forwarder.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1:4001, 192.0.2.1:4001",
        "[2001:db8::1]:65535, [2001:db8::1]:65535",
        "2001:db8::1:80, [2001:db8::1]:80",
    })
    void readsAndWritesText(String text, String written) {
        assertThat(Endpoint.parse(text)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":1", "192.0.2.1", "192.0.2.1:65536", "192.0.2.1:x", "[::1]"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Endpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1:4001", "[2001:db8::1]:4001"})
    void isWhatTheKernelHas(String text) {
        Endpoint endpoint = Endpoint.parse(text);
        ByteBuf memory = Unpooled.buffer(64).setZero(0, 64);
        endpoint.write(memory, 8);
        byte[] written = new byte[endpoint.bytes()];
        memory.getBytes(8, written);
        assertThat(written).isEqualTo(Sockaddr.ip(endpoint.address(), endpoint.port()));
        assertThat(endpoint.isAt(memory, 8)).isTrue();
        assertThat(Endpoint.read(memory, 8)).isEqualTo(endpoint).hasSameHashCodeAs(endpoint);
        memory.setByte(11, 9);
        assertThat(endpoint.isAt(memory, 8)).isFalse();
        assertThat(Endpoint.read(memory, 8)).isNotEqualTo(endpoint);
    }

    @Test
    void aSocketOfBothFamiliesSaysIpv4InItsOwnWay() {
        Endpoint mapped = Endpoint.parse("192.0.2.1:4001").on(Sockaddr.AF_INET6);
        ByteBuf memory = Unpooled.buffer(64).setZero(0, 64);
        mapped.write(memory, 0);
        byte[] address = new byte[16];
        memory.getBytes(8, address);
        assertThat(address).endsWith(0xff, 0xff, 192, 0, 2, 1).startsWith(0, 0, 0);
        Endpoint read = Endpoint.read(memory, 0);
        assertThat(read).isEqualTo(mapped).hasToString("192.0.2.1:4001");
        assertThat(read.on(Sockaddr.AF_INET)).isEqualTo(Endpoint.parse("192.0.2.1:4001"));
        assertThatThrownBy(() -> Endpoint.parse("[::1]:1").on(Sockaddr.AF_INET))
                .hasMessage("::1 is of IPv6, and the socket of IPv4 only");
    }

    @Test
    void theFlowLabelOfASenderSaysNothing() {
        ByteBuf memory = Unpooled.buffer(64).setZero(0, 64);
        Endpoint endpoint = Endpoint.parse("[2001:db8::1]:1");
        endpoint.write(memory, 0);
        memory.setInt(4, 0x12345);
        assertThat(endpoint.isAt(memory, 0)).isTrue();
        assertThat(Endpoint.read(memory, 0)).isEqualTo(endpoint);
    }
}
