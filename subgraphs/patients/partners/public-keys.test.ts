import { generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import { expect, it } from 'vitest'
import { aKeyPair } from '../../../test/partner-clients.ts'
import { readPublicKeys } from './public-keys.ts'

const read = (...keys: unknown[]) => readPublicKeys('keys', JSON.stringify({ keys }))
const rsa = aKeyPair('one', 'RSA').publicJwk
const p384 = aKeyPair('one', 'P-384').publicJwk
const ed25519 = aKeyPair('one', 'Ed25519').publicJwk
const jwkOf = (pair: { publicKey: { export(as: { format: 'jwk' }): JsonWebKey } }) => ({
  ...pair.publicKey.export({ format: 'jwk' }),
  kid: 'one',
})
const privateJwk = (kind: 'RSA' | 'P-384' | 'Ed25519') => ({
  ...aKeyPair('one', kind).privateKey.export({ format: 'jwk' }),
  kid: 'one',
})

it.each([
  ['RSA', rsa],
  ['RSA for RS512', { ...rsa, alg: 'RS512', use: 'sig', key_ops: ['verify'] }],
  ['RSA for PS512', { ...rsa, alg: 'PS512' }],
  ['P-384', { ...p384, alg: 'ES384' }],
  ['Ed25519', ed25519],
])('takes %s', (_, jwk) => {
  expect(read(jwk)).toEqual([
    { ...Object.fromEntries(Object.entries(jwk).filter(([name]) => name !== 'key_ops')), use: 'sig' },
  ])
})

it('takes an Ed25519 key under both names of its algorithm', () => {
  for (const alg of ['EdDSA', 'Ed25519']) expect(read({ ...ed25519, alg })).toEqual([{ ...ed25519, use: 'sig' }])
})

it.each([
  ['RSA', 'holds its private half'],
  ['P-384', 'holds its private half'],
  ['Ed25519', 'holds its private half'],
] as const)('refuses a private %s key, and repeats nothing of it', (kind, words) => {
  const jwk = privateJwk(kind)
  const refusal = () => read(jwk)
  expect(refusal).toThrow(`keys: the key "one" ${words}`)
  expect(refusal).not.toThrow(jwk.d)
})

it.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth'])('refuses a key that has only %s of its private half', (name) => {
  expect(() => read({ ...rsa, [name]: 'AQAB' })).toThrow('holds its private half')
})

it.each([
  ['no JSON', 'keys', 'keys: this is no JWK Set'],
  ['no JWK Set', '{"kty":"RSA"}', 'keys: this is no JWK Set. It looks like { "keys": [ … ] }, in JSON.'],
  ['null', 'null', 'keys: this is no JWK Set'],
  ['a list', '[]', 'keys: this is no JWK Set'],
  ['no keys', '{"keys":[]}', 'keys: send 1 to 5 keys (there are 0).'],
  [
    'too much',
    JSON.stringify({ keys: [{ ...rsa, x5c: ['A'.repeat(16_384)] }] }),
    'keys: a JWK Set may have 16 KB at most',
  ],
  [
    'too many bytes in few characters',
    JSON.stringify({ keys: [{ ...rsa, x5c: ['😀'.repeat(4096)] }] }),
    '16 KB at most',
  ],
])('refuses %s', (_, text, words) => {
  expect(() => readPublicKeys('keys', text)).toThrow(words)
})

it('refuses a private key that is no JSON without repeating it', () => {
  expect(() => readPublicKeys('keys', '-----BEGIN PRIVATE KEY-----MIIJQ')).not.toThrow('MIIJQ')
})

it.each([
  [
    'a secret of both sides',
    { kty: 'oct', k: 'c2VjcmV0', kid: 'one' },
    'the key "one" is a secret that two sides share',
  ],
  ['a secret that says it is RSA', { ...rsa, k: 'c2VjcmV0' }, 'is a secret that two sides share'],
  [
    'RSA of 1024 bits',
    jwkOf(generateKeyPairSync('rsa', { modulusLength: 1024 })),
    'has 1024 bits: an RSA key needs 2048 to',
  ],
  ['RSA of 2047 bits', jwkOf(generateKeyPairSync('rsa', { modulusLength: 2047 })), 'has 2047 bits'],
  ['RSA that takes ages', { ...rsa, n: Buffer.alloc(1025, 255).toString('base64url') }, 'has 8200 bits'],
  ['RSA with the exponent 3', { ...rsa, e: 'Aw' }, 'has the exponent 3: an RSA key needs 65537'],
  ['RSA with the exponent 1', { ...rsa, e: 'AQ' }, 'the key "one" '],
  ['RSA without a modulus', { ...rsa, n: undefined }, 'cannot be read as a public key: look at n, e.'],
  ['RSA for RS256', { ...rsa, alg: 'RS256' }, 'has an alg that is not taken: for such a key it is RS512 or PS512'],
  ['no algorithm at all', { ...rsa, alg: 'none' }, 'has an alg that is not taken'],
  ['RSA for encryption', { ...rsa, use: 'enc' }, 'is not for signatures'],
  ['a key that only signs', { ...p384, key_ops: ['sign'] }, 'is not for signatures'],
  ['P-384 for ES256', { ...p384, alg: 'ES256' }, 'has an alg that is not taken: for such a key it is ES384'],
  [
    'P-256',
    jwkOf(generateKeyPairSync('ec', { namedCurve: 'P-256' })),
    'is of a kind that is not taken. Use RSA of 2048',
  ],
  ['a point off the curve', { ...p384, y: p384.x }, 'cannot be read as a public key: look at crv, x, y.'],
  ['Ed448', jwkOf(generateKeyPairSync('ed448')), 'is of a kind that is not taken'],
  ['X25519', jwkOf(generateKeyPairSync('x25519')), 'is of a kind that is not taken'],
  ['a short Ed25519', { ...ed25519, x: 'AQAB' }, 'cannot be read as a public key: look at crv, x.'],
  ['no kid', { ...p384, kid: undefined }, 'keys: key 1 needs a kid'],
  ['an empty kid', { ...p384, kid: '' }, 'keys: key 1 needs a kid'],
  ['a kid with a line break', { ...p384, kid: 'a\nb' }, 'keys: key 1 needs a kid'],
  ['a kid that is a number', { ...p384, kid: 7 }, 'keys: key 1 needs a kid'],
  ['a key that is text', 'RSA', 'keys: key 1 is not a JWK.'],
])('refuses %s', (_, jwk, words) => {
  expect(() => read(jwk)).toThrow(words)
})

it('refuses two keys with one kid, and a sixth', () => {
  expect(() => read(p384, rsa)).toThrow('keys: two keys have the kid "one". Give each a kid of its own.')
  expect(() => read(...'abcdef'.split('').map((kid) => ({ ...p384, kid })))).toThrow('send 1 to 5 keys (there are 6)')
})
