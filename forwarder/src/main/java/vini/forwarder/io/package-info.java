/** The seam to the kernel: system calls by the foreign-function API, tun devices, namespaces. */
@NullMarked
package vini.forwarder.io;

import org.jspecify.annotations.NullMarked;
