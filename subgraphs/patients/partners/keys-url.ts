import { badInput } from '../../runtime/problem.ts'
import type { PatientsContext } from '../keys.ts'

const longest = 2048
const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Where a partner has its keys: only where the hospital lets the portal fetch them from. */
export function readKeysUrl({ partnerKeyHosts, demonstration }: PatientsContext, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || text.length > longest || url.username || url.password || url.hash)
    throw badInput('keysUrl: write an https address without a name, password or # in it.')
  // Where nobody is real, a developer may serve keys on the same machine.
  if (demonstration && loopback.has(url.hostname) && /^https?:$/.test(url.protocol)) return url.href
  if (url.protocol !== 'https:') throw badInput('keysUrl: must begin with https://')
  if (!partnerKeyHosts.includes(url.host))
    throw badInput(
      `keysUrl: keys are not fetched from ${url.host}. Add it to PARTNER_KEY_HOSTS, or send the keys themselves.`,
    )
  return url.href
}
