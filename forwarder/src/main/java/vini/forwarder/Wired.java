package vini.forwarder;

import vini.forwarder.ElementClass.PartialChecksums;
import vini.forwarder.lang.GraphText;

/** An element while its graph is put together: how many ports it has, and of which kind each is. */
final class Wired {
    final Element element;
    final GraphText.Declaration text;
    final PortShape shape;
    final PartialChecksums partialChecksums;
    int inputs;
    int outputs;

    /** {@code h} push, {@code l} pull, {@code a} not decided yet. */
    char[] inputKinds = {};

    char[] outputKinds = {};

    Wired(Element element, GraphText.Declaration text) {
        this.element = element;
        this.text = text;
        ElementClass about = ElementClasses.about(element.getClass());
        this.shape = PortShape.of(about);
        this.partialChecksums = about.partialChecksums();
    }

    /** Whether what is pushed into it waits in it until it is pulled: a queue. */
    boolean storesBetweenPushAndPull() {
        return inputs > 0 && outputs > 0 && shape.input(0) == 'h' && shape.output(0) == 'l';
    }

    /** Begins with what the element class says of its ports. */
    void setKinds() {
        inputKinds = new char[inputs];
        outputKinds = new char[outputs];
        for (int i = 0; i < inputs; i++) {
            inputKinds[i] = shape.input(i);
        }
        for (int i = 0; i < outputs; i++) {
            outputKinds[i] = shape.output(i);
        }
    }
}
