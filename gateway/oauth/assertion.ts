import { z } from 'zod'
import { TokenRefusal } from './token-refusal.ts'

/** With what an assertion may be signed. Libraries call the signature of an Ed25519 key by either of two names. */
export const algorithms = ['Ed25519', 'EdDSA', 'RS512', 'PS512', 'ES384'] as const

const LONGEST_S = 300
/** How far the clock of a partner may be from ours. */
export const CLOCK_DIFFERENCE_S = 5

/** What an assertion says, whose signature is yet to be checked. */
export interface Assertion {
  clientId: string
  keyId: string
  /** Its `jti`. */
  tokenId: string
  /** From then on it is refused for its age. */
  expiresAt: Date
}

const text = (message: string) => z.string(message).min(1, message).max(256, message)
const time = (message: string) => z.number(message)

const header = z.object({
  alg: z.enum(algorithms, `The header of client_assertion must have alg, one of ${algorithms.join(', ')}.`),
  kid: text('The header of client_assertion must have kid, the id of the registered key it is signed with.'),
})

const claims = z.object({
  iss: text('client_assertion must have iss, the client id.'),
  sub: text('client_assertion must have sub, the client id.'),
  aud: z.union(
    [z.string(), z.array(z.string()).min(1)],
    'client_assertion must have aud, the address of this endpoint.',
  ),
  exp: time('client_assertion must have exp, in seconds since 1970.'),
  iat: time('iat of client_assertion must be in seconds since 1970.').optional(),
  nbf: time('nbf of client_assertion must be in seconds since 1970.').optional(),
  jti: text('client_assertion must have jti, another one for each assertion.'),
})

/**
 * Reads an assertion and refuses it for whatever it says of itself. This needs to know no client, so the answers
 * tell nobody which clients there are; who signed it is checked next.
 */
export function readAssertion(jwt: string, audiences: readonly string[], now: Date): Assertion {
  const [head = '', body = '', signature, ...more] = jwt.split('.')
  if (signature === undefined || more.length > 0) throw malformed()
  const { kid } = read(header, head)
  const said = read(claims, body)
  if (said.iss !== said.sub) throw refused('iss and sub of client_assertion must both be the client id.')
  if (![said.aud].flat().every((it) => audiences.includes(it)))
    throw refused(`aud of client_assertion must be ${audiences.join(' or ')}, and nothing else.`)
  checkTimes(said, now.getTime() / 1000)
  return {
    clientId: said.iss,
    keyId: kid,
    tokenId: said.jti,
    expiresAt: new Date((said.exp + CLOCK_DIFFERENCE_S) * 1000),
  }
}

function checkTimes({ exp, iat, nbf }: z.infer<typeof claims>, now: number): void {
  if (exp <= now - CLOCK_DIFFERENCE_S) throw expired()
  if (exp > now + LONGEST_S + CLOCK_DIFFERENCE_S || (iat !== undefined && exp - iat > LONGEST_S))
    throw refused(`exp of client_assertion must be at most ${LONGEST_S} seconds ahead.`)
  if (Math.max(iat ?? 0, nbf ?? 0) > now + CLOCK_DIFFERENCE_S)
    throw refused('iat and nbf of client_assertion must not be in the future. See that your clock is right.')
}

function read<T>(shape: z.ZodType<T>, part: string): T {
  const { success, data, error } = shape.safeParse(parsed(part))
  if (!success) throw refused(error.issues[0]?.message ?? '')
  return data
}

function parsed(part: string): object {
  if (!/^[\w-]+$/.test(part)) throw malformed()
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // Said below.
  }
  throw malformed()
}

const refused = (message: string) => new TokenRefusal('invalid_client', message)
export const expired = () =>
  refused('client_assertion has expired. Make one for each request, and see that your clock is right.')
const malformed = () =>
  refused('client_assertion must be a signed JWT: header, claims and signature in base64url, with dots between.')
