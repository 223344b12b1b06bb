import type { JsonWebKey, KeyObject } from 'node:crypto'
import { constants, generateKeyPairSync, randomUUID, sign } from 'node:crypto'

/** A pair of keys of a partner's system, as its people make one. */
export interface Keys {
  kid: string
  alg: string
  privateKey: KeyObject
  /** As it is registered. */
  publicJwk: JsonWebKey & { kid: string }
}

const pairs = {
  Ed25519: () => generateKeyPairSync('ed25519'),
  EdDSA: () => generateKeyPairSync('ed25519'),
  RS512: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  PS512: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
}

export function newKeys(alg: keyof typeof pairs = 'Ed25519', kid = `key-${randomUUID()}`): Keys {
  const { privateKey, publicKey } = pairs[alg]()
  return { kid, alg, privateKey, publicJwk: { ...publicKey.export({ format: 'jwk' }), kid } }
}

const signers: Record<string, (data: Buffer, key: KeyObject) => Buffer> = {
  Ed25519: (data, key) => sign(null, data, key),
  EdDSA: (data, key) => sign(null, data, key),
  RS512: (data, key) => sign('sha512', data, key),
  RS256: (data, key) => sign('sha256', data, key),
  PS512: (data, key) => sign('sha512', data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 }),
  ES384: (data, key) => sign('sha384', data, { key, dsaEncoding: 'ieee-p1363' }),
  ES256: (data, key) => sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' }),
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A JWT of whatever is given, put together by hand: also such as no library would make. */
export function jwt(header: Record<string, unknown>, claims: unknown, signature: (data: Buffer) => Buffer): string {
  const data = `${part(header)}.${part(claims)}`
  return `${data}.${signature(Buffer.from(data)).toString('base64url')}`
}

/** What stands in an assertion by which a client proves itself, before anything is done to it. */
export const claimsFor = (clientId: string, audience: string, now = Date.now()) => {
  const iat = Math.floor(now / 1000)
  return { iss: clientId, sub: clientId, aud: audience, iat, exp: iat + 60, jti: randomUUID() }
}

/** An assertion as it should be, with what a test wants otherwise. `undefined` leaves a claim out. */
export function anAssertion(
  { clientId, audience, keys }: { clientId: string; audience: string; keys: Keys },
  otherwise: { header?: Record<string, unknown>; claims?: Record<string, unknown> } = {},
): string {
  const signer = signers[keys.alg]
  if (!signer) throw new Error(`No test signs with ${keys.alg}`)
  return jwt(
    { alg: keys.alg, kid: keys.kid, typ: 'JWT', ...otherwise.header },
    { ...claimsFor(clientId, audience), ...otherwise.claims },
    (data) => signer(data, keys.privateKey),
  )
}
