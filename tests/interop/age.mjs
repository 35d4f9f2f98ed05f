// age through the npm package age-encryption, for the tests. Bytes on stdin, bytes on stdout.
//   node age.mjs identity            a new post-quantum identity and its recipient, a line each
//   node age.mjs recipient IDENTITY  the recipient of an identity
//   node age.mjs encrypt RECIPIENT   (or: encrypt --passphrase WORDS)
//   node age.mjs decrypt IDENTITY    (or: decrypt --passphrase WORDS)
import { webcrypto } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from "age-encryption";

// Node 18, which Debian 12 has, does not offer it by itself.
globalThis.crypto ??= webcrypto;

const [command, first, second] = process.argv.slice(2);

async function main() {
  switch (command) {
    case "identity": {
      const identity = await generateHybridIdentity();
      return `${identity}\n${await identityToRecipient(identity)}\n`;
    }
    case "recipient":
      return `${await identityToRecipient(first)}\n`;
    case "encrypt": {
      const encrypter = new Encrypter();
      if (first === "--passphrase") {
        encrypter.setScryptWorkFactor(12);
        encrypter.setPassphrase(second);
      } else {
        encrypter.addRecipient(first);
      }
      return await encrypter.encrypt(new Uint8Array(await buffer(process.stdin)));
    }
    case "decrypt": {
      const decrypter = new Decrypter();
      if (first === "--passphrase") decrypter.addPassphrase(second);
      else decrypter.addIdentity(first);
      return await decrypter.decrypt(new Uint8Array(await buffer(process.stdin)));
    }
    default:
      throw new Error("identity, recipient, encrypt or decrypt");
  }
}

process.stdout.write(await main());
