package vini.forwarder.host.tcp;

/** Says what becomes of calls to those for whom a stack stands. */
@FunctionalInterface
public interface TcpGate {
    /**
     * Somebody calls; nothing has been answered.
     *
     * @return what is to be done if the caller gives up before it is answered: then the call is
     *     over
     */
    Runnable called(TcpCall call);
}
