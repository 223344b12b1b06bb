import type { Cookies } from '@sveltejs/kit'
import type { SiteSettings } from '../../../environment.ts'

/** The cookies of the site. The cookies page lists these, and there are no others. */
export const COOKIES = ['session', 'log-in', 'answers', 'desk'] as const
export type CookieName = (typeof COOKIES)[number]

/**
 * A cookie's name on the wire. With https the browser itself promises that a `__Host-` cookie is Secure, ours alone
 * and for every path; on plain http (a developer's own machine) it would refuse it, so there it has its plain name.
 */
export function cookieName(name: CookieName, { publicUrl }: SiteSettings): string {
  return publicUrl.protocol === 'https:' ? `__Host-${name}` : name
}

/** What one of our cookies holds, if the browser brought it. */
export function readCookie(cookies: Cookies, name: CookieName, settings: SiteSettings): string | undefined {
  return cookies.get(cookieName(name, settings))
}

/** Sets one of our cookies. Without `maxAge` it goes when the browser closes, on shared computers too. */
export function setCookie(
  cookies: Cookies,
  name: CookieName,
  value: string,
  settings: SiteSettings,
  maxAge?: number,
): void {
  cookies.set(cookieName(name, settings), value, {
    ...attributes(name, settings),
    ...(maxAge !== undefined && { maxAge }),
  })
}

/** Takes one of our cookies away from the browser. */
export function dropCookie(cookies: Cookies, name: CookieName, settings: SiteSettings): void {
  cookies.delete(cookieName(name, settings), attributes(name, settings))
}

function attributes(name: CookieName, { publicUrl }: SiteSettings) {
  // Texts and e-mails link to the patients' pages; nothing anywhere else ever links to the staff desk.
  const sameSite = name === 'desk' ? 'strict' : 'lax'
  return { path: '/', httpOnly: true, sameSite, secure: publicUrl.protocol === 'https:' } as const
}
