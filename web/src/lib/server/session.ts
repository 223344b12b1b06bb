import { redirect, type Cookies } from '@sveltejs/kit'
import type { Visit } from '../../../server.ts'
import { dropCookie, setCookie } from './cookies.ts'
import { forgetProgress } from './log-in-progress.ts'

/** Lets a person in: a new session in the browser, the log in forgotten, and on to the page they wanted. */
export function enter(cookies: Cookies, visit: Visit, token: string, returnTo: string | undefined): never {
  setCookie(cookies, 'session', token, visit.settings)
  forgetProgress(cookies, visit)
  redirect(303, returnTo ?? '/home')
}

/** Takes everything of ours out of the browser. */
export function leave(cookies: Cookies, visit: Visit): void {
  dropCookie(cookies, 'session', visit.settings)
  forgetProgress(cookies, visit)
}
