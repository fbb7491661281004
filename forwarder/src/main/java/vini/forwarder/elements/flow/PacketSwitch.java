package vini.forwarder.elements.flow;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Batch;
import vini.forwarder.DropCounter;
import vini.forwarder.Element;
import vini.forwarder.Packet;

/** An element that sends each packet to one of its outputs; negative numbers drop it. */
abstract class PacketSwitch extends Element {
    @SuppressWarnings("NullAway.Init") // set by initialize
    private DropCounter switchedOff;

    @Override
    protected void initialize() {
        switchedOff = drops("switchedOff");
    }

    /** The number of the output for this packet. */
    abstract int choose(Packet packet);

    @Override
    public void push(int port, Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Packet packet = batch.get(i);
            addOrDrop(choose(packet), packet, switchedOff);
        }
        batch.recycle();
        flushOutputs();
    }

    /** Reads the number of a port, one of {@code ports}, or a negative one for none. */
    static int port(String text, int ports) {
        int port = ArgumentTypes.integer(Integer.MIN_VALUE, Integer.MAX_VALUE).apply(text);
        if (port >= ports) {
            throw new IllegalArgumentException(
                    "there is no port " + port + ", only " + ports + " in use");
        }
        return port;
    }
}
