package vini.routing.ospf;

import vini.routing.ospf.wire.LsaPool;

/** What the OSPF routers of one process share; all of them must run on one thread. */
public final class OspfProcess {
    private final LsaPool pool = new LsaPool();

    LsaPool pool() {
        return pool;
    }
}
