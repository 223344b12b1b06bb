import { createHash, createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import type { CryptoKey } from 'oauth4webapi'

/** A private key as a JWK. Its `kid` and `alg` count, where it has them. */
export interface PrivateJwk {
  readonly kty: string
  readonly kid?: string | undefined
  readonly alg?: string | undefined
  readonly [member: string]: unknown
}

/** A private key: PEM text, a JWK, or what Web Crypto holds. RSA, EC P-384 or Ed25519. */
export type PrivateKey = string | PrivateJwk | CryptoKey

/** What assertions are signed with. */
export interface SigningKey {
  readonly kid: string
  readonly key: () => Promise<CryptoKey>
}

/** Reads the key at once, so that a wrong one is heard of when the client is made. */
export function signingKey(given: PrivateKey, keyId: string | undefined): SigningKey {
  if (keyId === '' || (keyId === undefined && isCryptoKey(given)))
    throw new TypeError('keyId: is missing. Give the kid under which the public key is registered')
  if (isCryptoKey(given)) {
    checkUse(given)
    return { kid: keyId ?? '', key: async () => given }
  }
  const read = readKey(given)
  const kid = keyId ?? ((isJwk(given) && given.kid) || fingerprint(read))
  const algorithm = algorithmOf(read, isJwk(given) ? given.alg : undefined)
  const der = read.export({ format: 'der', type: 'pkcs8' })
  let imported: Promise<CryptoKey> | undefined
  return { kid, key: () => (imported ??= crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign'])) }
}

/** What a key without a name is called (RFC 7638): by whoever registers it too. */
function fingerprint(key: KeyObject): string {
  const { crv, e, kty, n, x, y } = createPublicKey(key).export({ format: 'jwk' })
  // Left out are the members a kind of key does not have; the rest is in the order of the alphabet.
  return createHash('sha256').update(JSON.stringify({ crv, e, kty, n, x, y })).digest('base64url')
}

const isCryptoKey = (given: PrivateKey): given is CryptoKey => given instanceof CryptoKey
const isJwk = (given: PrivateKey): given is PrivateJwk => typeof given === 'object' && !isCryptoKey(given)

function checkUse(key: CryptoKey): void {
  if (key.type !== 'private' || !key.usages.includes('sign'))
    throw new TypeError('privateKey: must be a private CryptoKey with the usage "sign"')
}

function readKey(given: string | PrivateJwk): KeyObject {
  try {
    return typeof given === 'string'
      ? createPrivateKey(given)
      : createPrivateKey({ key: given as JsonWebKey, format: 'jwk' })
  } catch {
    // The cause would quote the key.
    throw new TypeError('privateKey: cannot be read. Give a private key without a passphrase, as PEM or JWK')
  }
}

function algorithmOf({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject, alg: string | undefined) {
  if (type === 'rsa') return { name: alg === 'PS512' ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' }
  if (type === 'ec' && details?.namedCurve === 'secp384r1') return { name: 'ECDSA', namedCurve: 'P-384' }
  if (type === 'ed25519') return { name: 'Ed25519' }
  const got = [type, details?.namedCurve].filter(Boolean).join(' ')
  throw new TypeError(`privateKey: must be RSA (RS512, PS512), EC P-384 (ES384) or Ed25519 (got ${got})`)
}
