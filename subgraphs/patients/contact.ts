import { registerEnumType } from 'type-graphql'
import { londonDate } from '../runtime/london.ts'

export enum ContactChannel {
  TEXT = 'TEXT',
  EMAIL = 'EMAIL',
}
registerEnumType(ContactChannel, {
  name: 'ContactChannel',
  description: 'How a person is reached: a text message, or an e-mail.',
})

/**
 * A phone number as patients and hospitals write it, with spaces, dashes, +44, 0044 or (0), as E.164; undefined when it is
 * not one. Numbers that begin with another country's code are taken as they are.
 */
export function parsePhone(written: string): string | undefined {
  const compact = written
    .replaceAll(/[\s\-./]/g, '')
    .replace('(0)', '')
    .replaceAll(/[()]/g, '')
  const international = compact
    .replace(/^00/, '+')
    .replace(/^0/, '+44')
    .replace(/^\+440/, '+44')
  return /^\+[1-9]\d{7,14}$/.test(international) ? international : undefined
}

/**
 * A UK mobile as E.164; undefined when it is not one. 07 and nine digits; 070 are personal numbers and 076 pagers, but for
 * 07624, which are the mobiles of the Isle of Man. Ofcom's invented numbers are taken: libraries call them invalid.
 */
export function parseMobile(written: string): string | undefined {
  const phone = parsePhone(written)
  return phone && /^\+447(?:[1-57-9]\d{8}|624\d{6})$/.test(phone) ? phone : undefined
}

/** An e-mail address, trimmed and in small letters; undefined when it is not one. */
export function parseEmail(written: string): string | undefined {
  const email = written.trim().toLowerCase()
  return email.length <= 254 && /^[^\s@"(),:;<>[\\\]]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(email) ? email : undefined
}

export const parseContact = (channel: ContactChannel, written: string) =>
  channel === ContactChannel.TEXT ? parseMobile(written) : parseEmail(written)

const oldestAge = 130

/** Whether somebody alive today can have been born on this date. */
export function isPossibleBirthDate(bornOn: string, now: Date): boolean {
  const today = londonDate(now)
  return bornOn <= today && Number(bornOn.slice(0, 4)) >= Number(today.slice(0, 4)) - oldestAge
}
