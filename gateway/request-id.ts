import { randomBytes, randomUUID } from 'node:crypto'

/**
 * The id under which a request is found again in every log, and in the audit: the caller's own when it is sane, with what
 * makes it ours. Who sends the same one twice must not have two requests taken for one.
 */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[A-Za-z0-9_-]{8,64}$/.test(header)
    ? `${header}.${randomBytes(9).toString('base64url')}`
    : randomUUID()
}
