import { createHmac, timingSafeEqual } from 'node:crypto'

/** The two halves of an API key of GOV.UK Notify: "name-<service id>-<secret>". */
export interface ApiKey {
  readonly serviceId: string
  readonly secret: string
}

const idLength = 36
const toleranceSeconds = 30

export function readApiKey(text: string): ApiKey {
  const serviceId = text.slice(-2 * idLength - 1, -idLength - 1)
  const secret = text.slice(-idLength)
  if (![serviceId, secret].every((it) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(it)))
    throw new Error('the API key of the inbox must end with a service id and a secret, both UUIDs')
  return { serviceId, secret }
}

/** What is wrong with the token of a call, in Notify's words. Undefined when nothing is. */
export function tokenFault(
  authorization: string | undefined,
  { serviceId, secret }: ApiKey,
  now: Date,
): string | undefined {
  const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1]
  if (!token) return 'Unauthorized: authentication token must be provided'
  const [header = '', claims = '', signature = '', ...rest] = token.split('.')
  const { alg } = readJson(header)
  const { iss, iat } = readJson(claims)
  if (rest.length || alg !== 'HS256') return 'Invalid token: algorithm used is not HS256'
  if (iss !== serviceId) return 'Invalid token: service not found'
  const expected = createHmac('sha256', secret).update(`${header}.${claims}`).digest()
  const found = Buffer.from(signature, 'base64url')
  if (found.length !== expected.length || !timingSafeEqual(found, expected)) return 'Invalid token: API key not found'
  if (typeof iat !== 'number' || Math.abs(now.getTime() / 1000 - iat) > toleranceSeconds)
    return 'Error: Your system clock must be accurate to within 30 seconds'
  return undefined
}

function readJson(part: string): { alg?: unknown; iss?: unknown; iat?: unknown } {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
