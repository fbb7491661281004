package vini.routing.ospf;

/** Hears what happens to a router, on its thread, in order. */
public interface OspfListener {
    void happened(OspfEvent event);
}
