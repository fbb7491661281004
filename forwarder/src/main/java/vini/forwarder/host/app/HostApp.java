package vini.forwarder.host.app;

/** A program that runs at a host. */
public interface HostApp {
    AppLog log();

    /** Ends it and frees what it holds; its log stays. Doing so again does nothing. */
    void stop();
}
