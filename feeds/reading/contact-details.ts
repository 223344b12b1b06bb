import type { Repetition, Segment } from '../hl7/segment.ts'
import { emailAddress } from './email-address.ts'
import { isUkMobile, phoneNumber } from './phone-number.ts'

/** How to reach the person. Null clears; what is said to be a mobile or an e-mail and is none goes on as written, to be flagged. */
export interface ContactDetails {
  mobile?: string | null
  homePhone?: string | null
  email?: string | null
}

/** Reads PID-13 (home) and PID-14 (business), in which the UK writes mobiles and e-mails too. */
export function readContactDetails(pid: Segment): ContactDetails {
  if (pid.repetitions(13)[0]?.isCleared) return { mobile: null, homePhone: null, email: null }
  const home = pid.repetitions(13).map(readContact)
  const all = [...home, ...pid.repetitions(14).map(readContact)]
  const mobile = bestMobile(all)
  const email = all.find((it) => it.kind === 'EMAIL' && it.usable) ?? all.find((it) => it.kind === 'EMAIL')
  const homePhone = home.find((it) => it.kind === 'PHONE' && it.usable) ?? home.find((it) => it.kind === 'PHONE')
  return {
    ...(mobile && { mobile: mobile.written }),
    ...(homePhone && (homePhone.usable || homePhone.written === null) && { homePhone: homePhone.written }),
    ...(email && { email: email.written }),
  }
}

interface Contact {
  kind: 'MOBILE' | 'PHONE' | 'EMAIL' | 'OTHER'
  /** As it is kept: E.164, or a plain address; as it was written when it is not usable; null when it is to be cleared. */
  written: string | null
  usable: boolean
  /** The message says that it is a mobile, whatever the number looks like. */
  marked: boolean
}

const bestMobile = (contacts: Contact[]): Contact | undefined => {
  const mobiles = contacts.filter(({ kind }) => kind === 'MOBILE')
  return (
    mobiles.find(({ usable, marked }) => usable && marked) ??
    mobiles.find(({ usable }) => usable) ??
    mobiles.find(() => true)
  )
}

/** Use codes and equipment (HL7 tables 0201 and 0202); PRS is how the UK marks a personal mobile. */
const emailUses = ['NET']
const emailEquipment = ['INTERNET', 'X.400']
const mobileMarks = ['CP', 'PRS', 'MC']
const neverUsed = ['EMR', 'VHN', 'ASN', 'BPN', 'BP', 'FX', 'MD', 'TDD', 'TTY']

function readContact(it: Repetition): Contact {
  const marks = [it.text(2), it.text(3)].map((mark) => mark?.toUpperCase() ?? '')
  const has = (codes: string[]) => marks.some((mark) => codes.includes(mark))
  const number = it.value(1) ?? it.value(12) ?? composed(it) ?? it.value(1)
  const address = it.value(4) ?? (number?.includes('@') ? number : undefined)
  if (has(neverUsed)) return { kind: 'OTHER', written: null, usable: false, marked: false }
  if (has([...emailUses, ...emailEquipment]) || typeof address === 'string') return readEmail(address ?? number)
  return readPhone(number, has(mobileMarks))
}

function readEmail(written: string | null | undefined): Contact {
  if (written === undefined) return { kind: 'OTHER', written: null, usable: false, marked: false }
  const address = written === null ? undefined : emailAddress(written)
  return { kind: 'EMAIL', written: address ?? written, usable: address !== undefined, marked: true }
}

function readPhone(written: string | null | undefined, marked: boolean): Contact {
  if (written === undefined) return { kind: 'OTHER', written: null, usable: false, marked }
  const number = written === null ? undefined : phoneNumber(written)
  const mobile = marked || (number !== undefined && isUkMobile(number))
  const usable = number !== undefined && (!marked || isUkMobile(number))
  return { kind: mobile ? 'MOBILE' : 'PHONE', written: usable ? number : written, usable, marked }
}

/** Country, area and local number in components of their own. */
function composed(it: Repetition): string | undefined {
  const [country, area, local] = [it.text(5), it.text(6), it.text(7)]
  if (local === undefined) return undefined
  const prefix = country === undefined ? '' : `+${country.replace(/\D/g, '')}`
  return prefix + (prefix ? (area ?? '').replace(/^0/, '') : (area ?? '')) + local
}
