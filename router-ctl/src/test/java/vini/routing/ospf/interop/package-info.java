/** Our router against FRR and BIRD over tun devices in namespaces. */
@NullMarked
package vini.routing.ospf.interop;

import org.jspecify.annotations.NullMarked;
