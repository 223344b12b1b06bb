import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { badInput } from '../../runtime/problem.ts'

/** A public key as it is kept: the members of its JWK that are public, and nothing else it came with. */
export interface PublicKey extends JsonWebKey {
  readonly kid: string
  readonly kty: string
}

/** What one key may be: the members that make it up, and what it may sign with. */
interface Kind {
  readonly kty: string
  readonly crv?: string
  readonly members: readonly string[]
  readonly algorithms: readonly string[]
}
const kinds: readonly Kind[] = [
  { kty: 'RSA', members: ['n', 'e'], algorithms: ['RS512', 'PS512'] },
  { kty: 'EC', crv: 'P-384', members: ['crv', 'x', 'y'], algorithms: ['ES384'] },
  { kty: 'OKP', crv: 'Ed25519', members: ['crv', 'x'], algorithms: ['Ed25519', 'EdDSA'] },
]
const taken = 'Use RSA of 2048 bits or more (RS512, PS512), EC P-384 (ES384) or OKP Ed25519.'

const mostBytes = 16 * 1024
export const mostKeys = 5
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth']
/** Below it a key can be broken; above it, checking a signature costs more than it protects. */
const rsaBits = { least: 2048, most: 8192 }
const leastExponent = 65_537n

/** Reads a JWK Set: 1 to 5 public keys to check signatures with. Throws what is wrong, and with which key. */
export function readPublicKeys(field: string, text: string): PublicKey[] {
  if (Buffer.byteLength(text) > mostBytes)
    throw badInput(`${field}: a JWK Set may have 16 KB at most. Send public keys only.`)
  const jwks = parsed(field, text)
  if (jwks.length < 1 || jwks.length > mostKeys)
    throw badInput(`${field}: send 1 to ${mostKeys} keys (there are ${jwks.length}).`)
  const keys = jwks.map((jwk, index) => readKey(jwk, (words) => badInput(`${field}: ${nameOf(jwk, index)} ${words}`)))
  const twice = keys.find((key, index) => keys.findIndex((it) => it.kid === key.kid) < index)
  if (twice) throw badInput(`${field}: two keys have the kid "${twice.kid}". Give each a kid of its own.`)
  return keys
}

type Jwk = Record<string, unknown>
/** Makes the error for one key. */
type Fault = (words: string) => Error

function parsed(field: string, text: string): unknown[] {
  try {
    const { keys } = JSON.parse(text) as { keys?: unknown }
    if (Array.isArray(keys)) return keys
  } catch {
    // What the parser says would repeat what was sent, perhaps a private key.
  }
  throw badInput(`${field}: this is no JWK Set. It looks like { "keys": [ … ] }, in JSON.`)
}

const isKeyId = (kid: unknown): kid is string => typeof kid === 'string' && /^[!-~]{1,100}$/.test(kid)

const nameOf = (jwk: unknown, index: number) => {
  const kid = (jwk as { kid?: unknown } | null)?.kid
  return isKeyId(kid) ? `the key "${kid}"` : `key ${index + 1}`
}

function readKey(given: unknown, fault: Fault): PublicKey {
  if (typeof given !== 'object' || given === null) throw fault('is not a JWK.')
  const jwk = given as Jwk
  refuseSecrets(jwk, fault)
  if (!isKeyId(jwk.kid)) throw fault('needs a kid: 1 to 100 letters, digits and signs, without spaces.')
  const kind = kinds.find(({ kty, crv }) => kty === jwk.kty && (crv === undefined || crv === jwk.crv))
  if (!kind) throw fault(`is of a kind that is not taken. ${taken}`)
  refuseOtherUse(jwk, kind, fault)
  const members = kind.members.map((name) => [name, jwk[name]] as const)
  const key = { kty: kind.kty, ...Object.fromEntries(members) }
  checkStrength(keyObject(key, fault), fault)
  // An EdDSA key is named by either of two words in an assertion, and taken with both.
  const alg = jwk.alg !== undefined && kind.kty !== 'OKP' ? { alg: jwk.alg as string } : {}
  return { kid: jwk.kid, use: 'sig', ...alg, ...key }
}

/** Whoever sends us a secret has told it to somebody: nothing of it may be kept, and it should not be used any more. */
function refuseSecrets(jwk: Jwk, fault: Fault): void {
  if (jwk.kty === 'oct' || 'k' in jwk)
    throw fault(`is a secret that two sides share. Make a key pair, and send its public half. ${taken}`)
  if (privateMembers.some((name) => name in jwk))
    throw fault(
      'holds its private half, which nobody but you may see. Make a new key pair, and send the public half only.',
    )
}

function refuseOtherUse({ alg, use, key_ops: operations }: Jwk, { algorithms }: Kind, fault: Fault): void {
  if (alg !== undefined && !algorithms.includes(alg as string))
    throw fault(`has an alg that is not taken: for such a key it is ${algorithms.join(' or ')}, or left out.`)
  const signs = !Array.isArray(operations) || operations.includes('verify')
  if ((use !== undefined && use !== 'sig') || !signs)
    throw fault('is not for signatures: its use must be sig, and its key_ops verify, where it has them.')
}

function keyObject(key: JsonWebKey, fault: Fault): KeyObject {
  try {
    return createPublicKey({ key, format: 'jwk' })
  } catch {
    throw fault(`cannot be read as a public key: look at ${Object.keys(key).slice(1).join(', ')}.`)
  }
}

function checkStrength({ asymmetricKeyDetails: details = {} }: KeyObject, fault: Fault): void {
  const { modulusLength: bits, publicExponent: exponent } = details
  if (bits === undefined || exponent === undefined) return
  if (bits < rsaBits.least || bits > rsaBits.most)
    throw fault(`has ${bits} bits: an RSA key needs ${rsaBits.least} to ${rsaBits.most}.`)
  if (exponent < leastExponent)
    throw fault(`has the exponent ${exponent}: an RSA key needs ${leastExponent}, as tools make it.`)
}
