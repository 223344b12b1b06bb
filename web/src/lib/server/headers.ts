/** What every answer of the site says about itself to the browser, whatever the page. */
export function protect(headers: Headers, nonce: string, https: boolean): void {
  // A file of a hospital brings a stricter one of its own.
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', contentSecurityPolicy(nonce))
  headers.set('cache-control', 'no-store')
  headers.set('x-content-type-options', 'nosniff')
  // "no-referrer" would also blank the Origin of our own forms, which is how we tell them from a stranger's.
  headers.set('referrer-policy', 'same-origin')
  headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()')
  headers.set('cross-origin-opener-policy', 'same-origin')
  headers.set('cross-origin-resource-policy', 'same-origin')
  headers.set('x-frame-options', 'DENY')
  if (https) headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains')
  // A page that is never kept has no use for a fingerprint of itself.
  headers.delete('etag')
}

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** What a file may do that somebody else wrote, should a browser show it after all: nothing. */
export const NOTHING_ALLOWED = "sandbox; default-src 'none'"

/** Asks the browser to forget everything about the site: on a shared computer the next person must find nothing. */
export const FORGET_EVERYTHING = '"cache", "cookies", "storage"'
