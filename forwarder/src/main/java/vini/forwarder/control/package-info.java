/** Handlers from outside: Click's ControlSocket protocol, its server and its clients. */
@NullMarked
package vini.forwarder.control;

import org.jspecify.annotations.NullMarked;
