/**
 * An egress by ordinary sockets: what users send is ended here and carried on by sockets of this
 * process, so that it needs no rights, no device and no address of its own.
 */
@NullMarked
package vini.forwarder.elements.egress;

import org.jspecify.annotations.NullMarked;
