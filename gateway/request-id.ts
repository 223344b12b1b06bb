import { randomUUID } from 'node:crypto'

/** The id under which a request is found again in every log: the caller's own when it is sane. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[A-Za-z0-9_-]{8,64}$/.test(header) ? header : randomUUID()
}
