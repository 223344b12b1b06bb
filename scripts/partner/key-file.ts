import { createHash, createPublicKey, type JsonWebKey } from 'node:crypto'
import { readWords } from './files.ts'
import { NotDone } from './not-done.ts'

/** The public keys in a file, as a JWK Set: it holds one, or a single JWK, or a public key as openssl writes it. */
export async function readKeyFile(file: string, kid: string | undefined): Promise<string> {
  const text = await readWords(file)
  const keys = text.includes('-----BEGIN') ? [ofPem(file, text)] : ofJson(file, text)
  // Looked at before anything leaves this machine.
  if (keys.some((it) => 'd' in it || 'k' in it))
    throw new NotDone(`${file} holds a private key, which nobody but the partner may have. Ask for the public half.`)
  if (kid !== undefined && keys.length > 1) throw new NotDone(`${file} holds ${keys.length} keys: leave out --kid.`)
  return JSON.stringify({ keys: keys.map((key) => named(key, kid)) })
}

/** A key without a name is called by its fingerprint, as RFC 7638 makes it: the same for everybody. */
function named(key: JsonWebKey, kid: string | undefined): JsonWebKey {
  if (kid !== undefined) return { ...key, kid }
  return typeof key.kid === 'string' ? key : { ...key, kid: thumbprint(key) }
}

function thumbprint({ crv, e, kty, n, x, y }: JsonWebKey): string {
  // Left out are the members a kind of key does not have; the rest is in the order of the alphabet.
  return createHash('sha256').update(JSON.stringify({ crv, e, kty, n, x, y })).digest('base64url')
}

function ofPem(file: string, text: string): JsonWebKey {
  if (text.includes('PRIVATE KEY-----'))
    throw new NotDone(
      `${file} holds a private key, which nobody but the partner may have. Its public half: openssl pkey -in <file> -pubout`,
    )
  try {
    return createPublicKey(text).export({ format: 'jwk' })
  } catch {
    throw new NotDone(`${file} cannot be read as a public key: it begins with -----BEGIN PUBLIC KEY-----`)
  }
}

function ofJson(file: string, text: string): JsonWebKey[] {
  try {
    const value = JSON.parse(text) as JsonWebKey & { keys?: unknown }
    const keys = 'keys' in value ? value.keys : [value]
    if (Array.isArray(keys) && keys.every((it) => typeof it === 'object' && it !== null)) return keys as JsonWebKey[]
  } catch {
    // Said below: what the parser says would repeat what is in the file.
  }
  throw new NotDone(`${file} holds no keys: it must be a JWK Set, { "keys": [ … ] }, a JWK, or a public key (PEM).`)
}
