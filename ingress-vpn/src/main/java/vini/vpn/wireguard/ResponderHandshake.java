package vini.vpn.wireguard;

import static vini.vpn.wireguard.Messages.INITIATION_EPHEMERAL_AT;
import static vini.vpn.wireguard.Messages.INITIATION_STATIC_AT;
import static vini.vpn.wireguard.Messages.INITIATION_TIMESTAMP_AT;
import static vini.vpn.wireguard.Messages.KEY_BYTES;
import static vini.vpn.wireguard.Messages.RESPONSE_EMPTY_AT;
import static vini.vpn.wireguard.Messages.RESPONSE_EPHEMERAL_AT;
import static vini.vpn.wireguard.Messages.TIMESTAMP_BYTES;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The responder's side of Noise_IKpsk2 (paper, 5.4.2 and 5.4.3), in the order in which it is done:
 * {@link #read} says who speaks, {@link #timestamp} when, {@link #respond} answers. Who speaks is
 * proved by the timestamp only.
 */
final class ResponderHandshake {
    private final Transcript heard;
    private final byte[] initiation;
    private final byte[] peer;
    private final byte[] theirEphemeral;

    private ResponderHandshake(
            Transcript heard, byte[] initiation, byte[] peer, byte[] theirEphemeral) {
        this.heard = heard;
        this.initiation = initiation;
        this.peer = peer;
        this.theirEphemeral = theirEphemeral;
    }

    /** Reads an initiation as far as to who sent it; null if it is false. */
    static @Nullable ResponderHandshake read(Identity self, byte[] initiation, Aead aead) {
        byte[] theirs =
                Arrays.copyOfRange(
                        initiation, INITIATION_EPHEMERAL_AT, INITIATION_EPHEMERAL_AT + KEY_BYTES);
        Transcript heard = new Transcript(self.publicKey());
        heard.mixEphemeral(theirs);
        byte[] first = Curve.shared(self.privateKey(), theirs);
        if (first == null) {
            return null;
        }
        heard.mixKey(first);
        byte[] peer = heard.open(aead, initiation, INITIATION_STATIC_AT, KEY_BYTES);
        return peer == null ? null : new ResponderHandshake(heard, initiation, peer, theirs);
    }

    /** The public key of who says to have sent it. */
    byte[] peer() {
        return peer;
    }

    /** When it was sent, by the secret of both static keys; null if it is false. */
    byte @Nullable [] timestamp(byte[] shared, Aead aead) {
        heard.mixKey(shared);
        return heard.open(aead, initiation, INITIATION_TIMESTAMP_AT, TIMESTAMP_BYTES);
    }

    /** What the answer is, whose MACs are still to be written, and the keys of the session. */
    static final class Answer {
        final byte[] response;
        final SessionKey receive;
        final SessionKey send;

        Answer(byte[] response, SessionKey receive, SessionKey send) {
            this.response = response;
            this.receive = receive;
            this.send = send;
        }
    }

    /** Answers; null if the initiator's keys are ones that leave no secret. */
    @Nullable Answer respond(byte[] preshared, int index, Aead aead, RandomGenerator chance) {
        byte[] ephemeral = Curve.privateKey(chance);
        byte[] publicKey = Curve.publicKey(ephemeral);
        byte[] response = Messages.response(index, Messages.sender(initiation));
        System.arraycopy(publicKey, 0, response, RESPONSE_EPHEMERAL_AT, KEY_BYTES);
        heard.mixEphemeral(publicKey);
        byte[] first = Curve.shared(ephemeral, theirEphemeral);
        byte[] second = Curve.shared(ephemeral, peer);
        Arrays.fill(ephemeral, (byte) 0);
        if (first == null || second == null) {
            return null;
        }
        heard.mixSecret(first);
        heard.mixSecret(second);
        heard.mixPreshared(preshared);
        heard.seal(aead, new byte[0], response, RESPONSE_EMPTY_AT);
        SessionKey[] keys = heard.split();
        return new Answer(response, keys[0], keys[1]);
    }
}
