package vini.experiment;

import org.jspecify.annotations.Nullable;

import vini.overlay.topology.HostsMode;
import vini.overlay.topology.TunnelsMode;

import java.nio.file.Path;

/**
 * What somebody wants to have run.
 *
 * @param experiment the file, as the user named it
 * @param out where the run folder goes; null for {@code runs/NAME-TIME}
 * @param seed instead of the experiment's; null for that
 * @param hosts instead of the topology's; null for that
 * @param tunnels instead of the topology's; null for that
 * @param loops instead of the topology's, at least 1; null for that
 * @param configuresHost whether the machine's forwarding may be changed for an egress
 */
public record RunRequest(
        Path experiment,
        @Nullable Path out,
        @Nullable Long seed,
        @Nullable HostsMode hosts,
        @Nullable TunnelsMode tunnels,
        @Nullable Integer loops,
        boolean configuresHost) {}
