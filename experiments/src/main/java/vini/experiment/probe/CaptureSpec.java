package vini.experiment.probe;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.experiment.run.CaptureRow;
import vini.forwarder.capture.Capture;
import vini.overlay.json.Bounds;
import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.json.ReadBy;
import vini.overlay.json.Ref;
import vini.overlay.json.Size;
import vini.overlay.topology.LinkName;

import java.io.IOException;
import java.util.List;

/**
 * Packets that go by, in a file that Wireshark opens.
 *
 * @param links which; null: none if there are nodes, else all
 * @param nodes which; null: none
 * @param filter null: all packets
 */
@Called("capture")
@Doc("Packets of links and of nodes, in a file that Wireshark opens.")
public record CaptureSpec(
        @Doc("The links, each by its two nodes; all if neither these nor nodes are named.")
                @Nullable List<LinkName> links,
        @Doc("The nodes: what comes, what goes and what ends there.") @Ref("node")
                @Nullable List<String> nodes,
        @Doc("Which packets, as in tcpdump: tcp port 80 and host dnvr; all if absent.")
                @ReadBy(FilterForm.class)
                @Nullable String filter,
        @Doc("How much of each packet is kept.")
                @Bounds(min = "20B", max = "65535B")
                @Default("128B")
                Size snap,
        @Doc("How long the file may become; later packets are only counted.")
                @Bounds(min = "64KB", max = "64GB")
                @Default("64MB")
                Size limit)
        implements ProbeSpec {
    public CaptureSpec {
        links = links == null ? null : List.copyOf(links);
        nodes = nodes == null ? null : List.copyOf(nodes);
    }

    /** The name of the file of its packets in the run folder. */
    public static String packets(String probe) {
        return probe + ".pcapng";
    }

    @Override
    public List<String> figures() {
        return new FigureNames()
                .whole("packets", "bytes", "written", "missed", "dropped")
                .whole("dropped_by", "dropped_by.*")
                .names();
    }

    @Override
    public int most() {
        return Capture.MOST;
    }

    @Override
    public List<String> head() {
        return List.of(CaptureRow.HEADER);
    }

    @Override
    public RunningProbe start(ProbeStart start) throws IOException {
        return new CaptureProbe(start, this);
    }

    /** Makes it known. */
    @AutoService(ProbeType.class)
    public static final class Type implements ProbeType {
        @Override
        public String key() {
            return "capture";
        }

        @Override
        public Class<CaptureSpec> form() {
            return CaptureSpec.class;
        }
    }
}
