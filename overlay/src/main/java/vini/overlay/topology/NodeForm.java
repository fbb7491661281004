package vini.overlay.topology;

import org.jspecify.annotations.Nullable;

import vini.net.IpAddress;
import vini.overlay.json.Called;
import vini.overlay.json.Default;
import vini.overlay.json.Doc;
import vini.overlay.json.OneOrMore;
import vini.overlay.json.ParsedKind;
import vini.overlay.json.Range;
import vini.overlay.json.ReadBy;
import vini.overlay.json.TextKind;
import vini.overlay.json.WrongKey;

import java.util.List;

@Called("node")
@Doc("A virtual router, with an end system of the same address.")
record NodeForm(
        @Doc("What figures call the node; its name if absent.") @Nullable String label,
        @Doc("[latitude, longitude] in degrees, for the map.") @Nullable Location location,
        @Doc("Pins an address of the node; one, or a list with IPv4 and IPv6.")
                @ReadBy(Addresses.class)
                @Nullable List<IpAddress> address,
        @Doc("That users enter here by VPN: true, or an object.") @ReadBy(IngressForm.Form.class)
                @Nullable IngressForm ingress,
        @Doc("That packets leave here for the outside: true, or an object.")
                @ReadBy(EgressForm.Form.class)
                @Nullable EgressForm egress,
        @Doc("The slices whose packets may come in here, if they want it, too.")
                @Default("[]")
                @Range(max = 16)
                List<String> serves) {
    NodeForm {
        for (String slice : serves) {
            if (!TextKind.isName(slice)) {
                throw new WrongKey("serves", TextKind.notAName(slice));
            }
        }
    }

    static final class Addresses extends OneOrMore<IpAddress> {
        Addresses() {
            super(new ParsedKind<>("10.77.0.9", IpAddress::parse));
        }
    }
}
