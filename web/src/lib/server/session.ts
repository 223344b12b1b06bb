import { redirect, type Cookies } from '@sveltejs/kit'
import type { Visit } from '../../../server.ts'
import { dropCookie, setCookie } from './cookies.ts'
import { staff, type Door } from './door.ts'
import { forgetProgress } from './log-in-progress.ts'
import { forgetAnswers } from './unsent-answers.ts'

/** Lets a person in: a new session in the browser, the log in forgotten, and on to the page they wanted. */
export function enter(cookies: Cookies, visit: Visit, token: string, returnTo: string | undefined): never {
  setCookie(cookies, 'session', token, visit.settings)
  forgetProgress(cookies, visit)
  redirect(303, returnTo ?? '/home')
}

/** Lets a member of staff in to the desk. */
export function enterDesk(cookies: Cookies, visit: Visit, token: string, returnTo: string | undefined): never {
  setCookie(cookies, staff.cookie, token, visit.settings)
  redirect(303, returnTo ?? staff.home)
}

/** Takes everything of ours out of the browser of somebody who came in through this door. */
export function leave(cookies: Cookies, visit: Visit, { cookie }: Door): void {
  dropCookie(cookies, cookie, visit.settings)
  forgetProgress(cookies, visit)
  forgetAnswers(cookies, visit)
}
