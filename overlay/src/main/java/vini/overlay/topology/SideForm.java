package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import vini.overlay.json.Bounds;
import vini.overlay.json.Called;
import vini.overlay.json.Doc;
import vini.overlay.json.Range;
import vini.overlay.json.Rate;
import vini.overlay.json.Share;

import java.time.Duration;

@Called("direction")
@Doc("What differs from the link in one direction.")
record SideForm(
        @Doc("Routing metric of this direction.") @Range(min = 1, max = Costs.MOST)
                @Nullable Integer cost,
        @Doc("One-way delay.") @Bounds(max = "60s") @Nullable Duration delay,
        @Doc("Width of the uniform random extra delay; order is kept.") @Bounds(max = "60s")
                @Nullable Duration jitter,
        @Doc("Share of packets lost at random.") @Nullable Share loss,
        @Doc("Rate limit.") @Bounds(min = "1bps", max = "1000Gbps") @Nullable Rate rate,
        @Doc("How many packets wait for the rate before the next is dropped.")
                @Range(min = 1, max = Direction.QUEUE_PACKETS_MAX)
                @Nullable Integer queue) {}
