package vini.forwarder.elements.standard;

import com.google.auto.service.AutoService;

import org.jspecify.annotations.Nullable;

import vini.forwarder.ArgumentTypes;
import vini.forwarder.Arguments;
import vini.forwarder.ConfigException;
import vini.forwarder.Element;
import vini.forwarder.ElementClass;
import vini.forwarder.PortNames;
import vini.forwarder.lang.ConfigText;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives names to ports of TCP and UDP, which other elements may then write in their configurations.
 *
 * <p>Arguments: any number of {@code NAME PORT[/PROTOCOL] [NAME...]}; the port is 0 to 65535, the
 * protocol {@code tcp} or {@code udp}, and the name is for both if it is left out. A name holds in
 * the compound element in which it is given, and inside of it. What follows a {@code #} does not
 * count, so that lines of {@code /etc/services} will do. It has no ports.
 *
 * <pre>{@code
 * PortInfo(ssh 22, dns 53/udp);
 * ... -> UDPIPEncap(10.0.0.1, 1234, 10.0.0.2, dns) -> ...;
 * }</pre>
 */
@AutoService(Element.class)
@ElementClass(name = "PortInfo", ports = "0/0")
public final class PortInfo extends Element {
    private static final Pattern FORM =
            Pattern.compile(
                    "(\\S+)\\s+([0-9A-Fa-fx]+)(?:\\s*/\\s*(tcp|udp|TCP|UDP|6|17))?((?:\\s+\\S+)*)");

    @Override
    protected int phase() {
        return AddressInfo.PHASE;
    }

    @Override
    protected void configure(Arguments arguments) throws ConfigException {
        for (String argument : arguments.all()) {
            String bare = argument.replaceFirst("#.*", "").strip();
            if (bare.isEmpty()) {
                continue;
            }
            Matcher form = FORM.matcher(bare);
            if (!form.matches()) {
                throw new ConfigException("'" + argument + "' is not NAME PORT[/PROTOCOL]");
            }
            int port = port(form.group(2));
            add(form.group(1), port, form.group(3));
            for (String name : ConfigText.words(form.group(4))) {
                add(name, port, form.group(3));
            }
        }
    }

    private static int port(String text) throws ConfigException {
        try {
            return ArgumentTypes.integer(0, 0xffff).apply(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("PORT: " + e.getMessage());
        }
    }

    private void add(String name, int port, @Nullable String protocol) {
        String scope = name().substring(0, name().lastIndexOf('/') + 1);
        boolean tcp = protocol == null || protocol.equalsIgnoreCase("tcp") || protocol.equals("6");
        boolean udp = protocol == null || protocol.equalsIgnoreCase("udp") || protocol.equals("17");
        if (tcp) {
            portNames().add(scope, name, PortNames.TCP, port);
        }
        if (udp) {
            portNames().add(scope, name, PortNames.UDP, port);
        }
    }
}
