package vini.routing;

import vini.net.IpAddress;

/**
 * Where a route leaves its node.
 *
 * @param link the number of the link at the node, counted from 0 as in the node's configuration
 * @param gateway the neighbour's address on that link
 */
public record NextHop(int link, IpAddress gateway) {}
