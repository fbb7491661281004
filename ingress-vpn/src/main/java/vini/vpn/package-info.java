/** Users of a virtual private network: their keys, and what their clients are configured with. */
@NullMarked
package vini.vpn;

import org.jspecify.annotations.NullMarked;
