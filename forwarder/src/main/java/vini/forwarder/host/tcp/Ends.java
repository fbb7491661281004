package vini.forwarder.host.tcp;

/**
 * Whose port it is and whose it is connected with: the key of a connection. One that is in a table
 * is never set again; another is set for each question, so that a question costs no object.
 */
final class Ends {
    private int local;
    private int localPort;
    private int remote;
    private int remotePort;

    Ends() {}

    Ends(int local, int localPort, int remote, int remotePort) {
        set(local, localPort, remote, remotePort);
    }

    Ends set(int newLocal, int newLocalPort, int newRemote, int newRemotePort) {
        local = newLocal;
        localPort = newLocalPort;
        remote = newRemote;
        remotePort = newRemotePort;
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ends ends
                && ends.local == local
                && ends.localPort == localPort
                && ends.remote == remote
                && ends.remotePort == remotePort;
    }

    @Override
    public int hashCode() {
        int ports = localPort << 16 | remotePort;
        int mixed = (local * 31 + remote) * 31 + ports;
        return mixed * 0x9e3779b9;
    }
}
