package vini.forwarder.host.tcp;

/** Says what becomes of calls to those for whom a stack stands. */
public interface TcpGate {
    /** Somebody calls; nothing has been answered. */
    void called(TcpCall call);

    /** The caller has given up before it was answered; the call is over. */
    void hungUp(TcpCall call);
}
