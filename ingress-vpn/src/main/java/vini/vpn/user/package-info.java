/** Who may enter a slice by VPN: users, their addresses and their keys, kept in files. */
@NullMarked
package vini.vpn.user;

import org.jspecify.annotations.NullMarked;
