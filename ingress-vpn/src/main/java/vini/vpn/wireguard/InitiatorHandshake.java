package vini.vpn.wireguard;

import static vini.vpn.wireguard.Messages.INITIATION_EPHEMERAL_AT;
import static vini.vpn.wireguard.Messages.INITIATION_STATIC_AT;
import static vini.vpn.wireguard.Messages.INITIATION_TIMESTAMP_AT;
import static vini.vpn.wireguard.Messages.KEY_BYTES;
import static vini.vpn.wireguard.Messages.RESPONSE_EMPTY_AT;
import static vini.vpn.wireguard.Messages.RESPONSE_EPHEMERAL_AT;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The initiator's side of Noise_IKpsk2 (paper, 5.4.2 and 5.4.3): what is kept between the first
 * message and its answer. The answer may come once; a false one leaves the state as it was.
 */
final class InitiatorHandshake {
    private final Identity self;
    private final byte[] preshared;
    private final int index;
    private final byte[] ephemeral;
    private final byte[] initiation;
    private final Transcript said;

    /**
     * Begins a handshake.
     *
     * @param peer the responder's public key
     * @param shared the secret of both static keys
     * @param index by which the answer finds this handshake
     * @param timestamp see {@link Tai64n}
     */
    InitiatorHandshake(
            Identity self,
            byte[] peer,
            byte[] shared,
            byte[] preshared,
            int index,
            byte[] timestamp,
            Aead aead,
            RandomGenerator chance) {
        this.self = self;
        this.preshared = preshared;
        this.index = index;
        ephemeral = Curve.privateKey(chance);
        initiation = Messages.initiation(index);
        byte[] publicKey = Curve.publicKey(ephemeral);
        System.arraycopy(publicKey, 0, initiation, INITIATION_EPHEMERAL_AT, KEY_BYTES);
        said = new Transcript(peer);
        said.mixEphemeral(publicKey);
        byte[] first = Curve.shared(ephemeral, peer);
        if (first == null) {
            throw new IllegalStateException("a peer was added whose public key is no key");
        }
        said.mixKey(first);
        said.seal(aead, self.publicKey(), initiation, INITIATION_STATIC_AT);
        said.mixKey(shared);
        said.seal(aead, timestamp, initiation, INITIATION_TIMESTAMP_AT);
    }

    int index() {
        return index;
    }

    /** The first message, whose MACs are still to be written. */
    byte[] message() {
        return initiation;
    }

    /** The keys of the session by a response, ours for sending first; null if it is false. */
    SessionKey @Nullable [] finish(byte[] response, Aead aead) {
        Transcript heard = said.copy();
        byte[] theirs =
                Arrays.copyOfRange(
                        response, RESPONSE_EPHEMERAL_AT, RESPONSE_EPHEMERAL_AT + KEY_BYTES);
        heard.mixEphemeral(theirs);
        byte[] first = Curve.shared(ephemeral, theirs);
        byte[] second = Curve.shared(self.privateKey(), theirs);
        if (first == null || second == null) {
            return null;
        }
        heard.mixSecret(first);
        heard.mixSecret(second);
        heard.mixPreshared(preshared);
        return heard.open(aead, response, RESPONSE_EMPTY_AT, 0) == null ? null : heard.split();
    }

    /** Makes the ephemeral key be forgotten. */
    void forget() {
        Arrays.fill(ephemeral, (byte) 0);
    }
}
