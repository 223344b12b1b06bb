import { createHmac } from 'node:crypto'

/** The person's address as the gateway accepts it from the site: `<ip>;<unix ms>;<HMAC-SHA256 of both>`, good for a minute. */
export function signedAddress(address: string, key: Buffer, at: number): string {
  const claim = `${address};${at}`
  return `${claim};${createHmac('sha256', key).update(claim).digest('base64url')}`
}
