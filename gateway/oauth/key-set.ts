import { z } from 'zod'

/** How many keys one client may have at its own address. */
const MOST_KEYS = 20

const value = z.string().min(1)
const keyId = z.string().min(1).max(256)
/** `use` and `alg` narrow what a key is good for. */
const limits = { use: value.optional(), alg: value.optional() }

/** The kinds of key with which an assertion may be signed, and the members that are public. */
const publicKey = z.discriminatedUnion('kty', [
  z.object({ kty: z.literal('RSA'), kid: keyId, n: value, e: value, ...limits }),
  z.object({ kty: z.literal('EC'), kid: keyId, crv: z.literal('P-384'), x: value, y: value, ...limits }),
  z.object({ kty: z.literal('OKP'), kid: keyId, crv: z.literal('Ed25519'), x: value, ...limits }),
])

export type PublicKey = z.infer<typeof publicKey>

const keySet = z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(MOST_KEYS) })

/**
 * The keys of a JWK Set that can sign assertions: others are passed over, a set may be for other uses too. A set with a
 * private or secret key in it is not believed at all: whoever has read it can sign.
 */
export function readKeySet(text: string): PublicKey[] {
  const { keys } = keySet.parse(JSON.parse(text))
  if (keys.some((key) => 'd' in key || 'k' in key)) throw new Error('The key set holds a key that is not public')
  return keys.flatMap((key) => publicKey.safeParse(key).data ?? [])
}
