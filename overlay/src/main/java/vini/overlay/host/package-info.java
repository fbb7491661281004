/** What a machine gives to a slice: namespaces, devices, cgroups, processes, the state folder. */
@NullMarked
package vini.overlay.host;

import org.jspecify.annotations.NullMarked;
