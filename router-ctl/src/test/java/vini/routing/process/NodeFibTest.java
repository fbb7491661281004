package vini.routing.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import vini.net.Ipv4Address;
import vini.net.Prefix;
import vini.routing.NextHop;
import vini.routing.RouteChange;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

class NodeFibTest {
    private static final List<NextHop> NEXT =
            List.of(new NextHop(0, Ipv4Address.parse("10.77.128.2")));

    private final NodeFib fib = new NodeFib();
    private final List<String> sent = new ArrayList<>();

    private static List<RouteChange.Install> installs(int number) {
        Ipv4Address first = Ipv4Address.parse("10.0.0.0");
        return IntStream.range(0, number)
                .mapToObj(i -> new RouteChange.Install(Prefix.host(first.plus(i)), NEXT))
                .toList();
    }

    private void apply(int number) {
        fib.source(() -> installs(number));
        fib.apply(List.copyOf(installs(number)));
    }

    private static long lines(String transaction) {
        return transaction.lines().count();
    }

    @Test
    void aWholeTableIsSentBitByBitEachWhenTheLastOneIsDone() {
        int whole = 2 * NodeFib.CHANGES_AT_ONCE + 10;
        apply(whole);
        fib.connected(sent::add, "");
        assertThat(sent).hasSize(1);
        fib.apply(List.of(new RouteChange.Withdraw(Prefix.parse("10.0.0.0/32"))));
        assertThat(sent).hasSize(1);
        fib.answered();
        fib.answered();
        assertThat(fib.isUpToDate()).isFalse();
        fib.answered();
        assertThat(fib.isUpToDate()).isTrue();
        assertThat(sent.stream().map(NodeFibTest::lines))
                .containsExactly(
                        (long) NodeFib.CHANGES_AT_ONCE, (long) NodeFib.CHANGES_AT_ONCE, 10L);
        assertThat(sent.getFirst()).startsWith("set 10.0.0.0/32 10.77.128.2 1\n");
    }

    @Test
    void changesThatComeMeanwhileKeepTheirOrder() {
        fib.connected(sent::add, "");
        fib.dropOldRoutes();
        apply(1);
        fib.apply(List.of(new RouteChange.Withdraw(Prefix.parse("10.0.0.0/32"))));
        apply(1);
        fib.answered();
        assertThat(sent)
                .containsExactly(
                        "set 10.0.0.0/32 10.77.128.2 1",
                        "reset 10.0.0.0/32\nset 10.0.0.0/32 10.77.128.2 1");
    }

    @Test
    void whatWaitedForAForwarderThatWentIsNotSentToTheNextOne() {
        fib.connected(sent::add, "");
        apply(2 * NodeFib.CHANGES_AT_ONCE);
        fib.disconnected();
        sent.clear();
        fib.connected(sent::add, "10.0.0.0/32 10.77.128.2 1\n");
        fib.answered();
        assertThat(String.join("\n", sent).lines())
                .hasSize(2 * NodeFib.CHANGES_AT_ONCE - 1)
                .doesNotHaveDuplicates();
    }
}
