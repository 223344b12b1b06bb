import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Cookies } from '@sveltejs/kit'
import { z } from 'zod'
import type { Visit } from '../../../server.ts'
import { dropCookie, readCookie, setCookie } from './cookies.ts'
import { seal, unseal } from './seal.ts'

const PURPOSE = 'unsent answers'
/** Long enough to be logged out and come back to the same page; they go at the log out at the latest. */
const KEPT_SECONDS = 60 * 60

const shape = z.object({ about: z.string(), packed: z.string() })
const pairs = z.array(z.tuple([z.string(), z.string()]))

/**
 * Keeps what a person has answered so far about one appointment, or one organisation, from page to page. It is sealed, so
 * that neither the address nor the browser's memory tells the next person at a shared computer what somebody wants, and why.
 */
export function keepAnswers(cookies: Cookies, { settings }: Visit, about: string, answers: URLSearchParams): void {
  // Packed, and two bytes a character before that: two long texts in some scripts are else more than a cookie holds.
  const packed = deflateRawSync(Buffer.from(JSON.stringify([...answers]), 'utf16le')).toString('base64url')
  setCookie(cookies, 'answers', seal({ about, packed }, settings.signingKey, PURPOSE), settings, KEPT_SECONDS)
}

/** What was answered so far about this appointment or organisation; empty when nothing was, or about another one. */
export function keptAnswers(cookies: Cookies, { settings }: Visit, about: string): URLSearchParams {
  const sealed = readCookie(cookies, 'answers', settings)
  const kept = sealed === undefined ? undefined : shape.safeParse(unseal(sealed, settings.signingKey, PURPOSE)).data
  if (kept?.about !== about) return new URLSearchParams()
  return new URLSearchParams(
    pairs.parse(JSON.parse(inflateRawSync(Buffer.from(kept.packed, 'base64url')).toString('utf16le'))),
  )
}

/** Forgets what was answered: it was sent. */
export function forgetAnswers(cookies: Cookies, { settings }: Visit): void {
  dropCookie(cookies, 'answers', settings)
}
