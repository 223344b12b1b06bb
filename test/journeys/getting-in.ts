import { expect } from '@playwright/test'
import type { PortalProcess } from '../portal-process.ts'
import type { Person } from './hospital.ts'
import type { Visitor } from './visitor.ts'

export const international = (mobile: string) => mobile.replace(/^0/, '+44')

/** The codes that came to a mobile number or an e-mail address, newest first. */
export const codesTo = (portal: PortalProcess, contact: string): string[] =>
  portal.messagesTo(international(contact)).flatMap(({ body }) => /\b(\d{6}) is your\b/.exec(body)?.[1] ?? [])

/** Does what makes a code come, and answers the code. */
export async function codeAfter(portal: PortalProcess, contact: string, act: () => Promise<void>): Promise<string> {
  const before = codesTo(portal, contact).length
  await act()
  const codes = () => codesTo(portal, contact).length
  await expect.poll(codes, { message: `a code for ${contact}`, intervals: [50] }).toBe(before + 1)
  return codesTo(portal, contact)[0] ?? ''
}

/** A code that is certainly not the right one. */
export const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

export async function typesDateOfBirth(visitor: Visitor, bornOn: string): Promise<void> {
  const [year = '', month = '', day = ''] = bornOn.split('-')
  await visitor.types('Day', String(Number(day)))
  await visitor.types('Month', String(Number(month)))
  await visitor.types('Year', year)
}

/** Fills in the log-in page and sends it, to the page that asks for the code. */
export async function asksForCode(visitor: Visitor, { mobile, bornOn }: Pick<Person, 'mobile' | 'bornOn'>) {
  await visitor.sees('Log in')
  await visitor.types('Mobile number', mobile)
  await typesDateOfBirth(visitor, bornOn)
  await visitor.presses('Continue')
  await visitor.sees('Check your phone')
}

/** From the log-in page to the page that was wanted, or home. */
export async function logsIn(visitor: Visitor, portal: PortalProcess, person: Person): Promise<void> {
  const code = await codeAfter(portal, person.mobile, () => asksForCode(visitor, person))
  await visitor.types('Security code', code)
  await visitor.presses('Continue')
}

/**
 * Ends on the home page of somebody who has logged in: the forms are sent without their pages, for a journey that is about
 * something else. What the pages of the log in are like, and that they send these forms, see `log-in.test.ts`.
 */
export async function comesHome(visitor: Visitor, portal: PortalProcess, person: Person): Promise<void> {
  const [year = '', month = '', day = ''] = person.bornOn.split('-')
  const code = await codeAfter(portal, person.mobile, () =>
    sends(visitor, portal, '/log-in?/send', { contact: person.mobile, day, month, year }, '/log-in/code'),
  )
  await sends(visitor, portal, '/log-in/code?/finish', { code }, '/home')
  await visitor.opens('/home')
  await visitor.sees(`Hello, ${person.given}`)
}

/** Sends a form as its page would, to be led to another page. */
async function sends(
  { context }: Visitor,
  portal: PortalProcess,
  address: string,
  form: Record<string, string>,
  next: string,
): Promise<void> {
  const headers = { origin: portal.url, accept: 'text/html' }
  const answer = await context.request.post(`${portal.url}${address}`, { form, headers, maxRedirects: 0 })
  expect([answer.status(), answer.headers()['location']]).toEqual([303, next])
}
