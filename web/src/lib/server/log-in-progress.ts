import { redirect, type Cookies } from '@sveltejs/kit'
import { z } from 'zod'
import type { Visit } from '../../../server.ts'
import { dropCookie, readCookie, setCookie } from './cookies.ts'
import { seal, unseal } from './seal.ts'

const PURPOSE = 'log-in under way'
/** A log in left half way is forgotten: it holds what somebody typed. */
const KEPT_SECONDS = 15 * 60

const shape = z.object({
  challengeId: z.string(),
  channel: z.enum(['TEXT', 'EMAIL']),
  contact: z.string(),
  bornOn: z.iso.date(),
  /** How long the code lasts, as the graph said when it sent it. */
  codeMinutes: z.number(),
  /** The page to go on to. */
  returnTo: z.string().optional(),
  /** Set once the code was right and two people share the contact: tries left for the NHS number. */
  nhsNumberTries: z.number().optional(),
})

/** A log in between its first page and its last: sealed, so that the browser carries it and nobody reads it. */
export type LogInProgress = z.infer<typeof shape>

/** The log in this browser has under way, if any. */
export function readProgress(cookies: Cookies, { settings }: Visit): LogInProgress | undefined {
  const sealed = readCookie(cookies, 'log-in', settings)
  return sealed === undefined ? undefined : shape.safeParse(unseal(sealed, settings.signingKey, PURPOSE)).data
}

/** Remembers how far a log in has come. */
export function keepProgress(cookies: Cookies, { settings }: Visit, progress: LogInProgress): void {
  setCookie(cookies, 'log-in', seal(progress, settings.signingKey, PURPOSE), settings, KEPT_SECONDS)
}

/** Forgets the log in under way. */
export function forgetProgress(cookies: Cookies, { settings }: Visit): void {
  dropCookie(cookies, 'log-in', settings)
}

/** The log in this browser has under way; without one, back to its first page. */
export function logInStarted(cookies: Cookies, visit: Visit): LogInProgress {
  return readProgress(cookies, visit) ?? redirect(303, '/log-in')
}

/** How long a code lasts, in whole minutes from now. */
export function codeMinutes(expiresAt: string): number {
  return Math.max(1, Math.round((Date.parse(expiresAt) - Date.now()) / 60_000))
}
