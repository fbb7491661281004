package vini.bench;

import vini.vpn.KeyFile;
import vini.vpn.wireguard.PublicKey;
import vini.vpn.wireguard.Secret;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * Who somebody is in a virtual private network.
 *
 * @param file with the private key
 */
record VpnKeys(Path file, PublicKey key) {
    /** Makes new ones. */
    static VpnKeys make(Path folder, String name) throws IOException {
        Secret secret = Secret.privateKey(new SecureRandom());
        Path file = folder.resolve(name + ".key");
        KeyFile.write(file, secret);
        return new VpnKeys(file, secret.publicKey());
    }
}
