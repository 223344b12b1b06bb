import { parsePhoneNumber } from 'libphonenumber-js'
import { londonMinutes } from '../runtime/london.ts'
import type { Trust } from '../runtime/trust.ts'
import { gsm7Length, textLength, toGsm7 } from './gsm-7.ts'

/** A message as it leaves us. A text has no subject. */
export interface Words {
  readonly subject?: string
  readonly body: string
}

export interface CodeWords {
  readonly code: string
  readonly expiresAt: Date
  readonly reference: string
}

export interface NoticeWords {
  readonly givenName: string
  readonly link: string
  readonly reference: string
}

/** From the friendliest to the shortest: a long address of the site must not cost the patient's name. */
const newAppointmentSentences = ['you have a new hospital appointment. See it at', 'new hospital appointment:']
/** Names longer than this are shortened before the sentence is. */
const roomForName = 12

/** Says everything this portal says by text and e-mail: no clinical word, no specialty, no clinic. */
export class Wording {
  readonly #trust: Trust
  readonly #publicUrl: URL

  constructor(trust: Trust, publicUrl: URL) {
    this.#trust = trust
    this.#publicUrl = publicUrl
    const excess = roomForName - this.#roomForName(newAppointmentSentences.length - 1, longestNotice(this))
    if (excess > 0)
      throw new Error(
        `PUBLIC_URL: with the name of the service, it is ${excess} characters too long for a text (got "${publicUrl.origin}")`,
      )
  }

  /** The full, readable address behind which the patient finds what a message is about. */
  linkTo(linkReference: string): string {
    return `${this.#publicUrl.origin}/m/${linkReference}`
  }

  /** Without a name; the last line lets phones offer the code on our site, and on no other. */
  codeText({ code }: Pick<CodeWords, 'code'>): Words {
    const sentence = `${code} is your ${toGsm7(this.#trust.shortName)} security code`
    return { body: `${sentence}\n@${this.#publicUrl.host} #${code}` }
  }

  codeEmail({ code, expiresAt, reference }: CodeWords): Words {
    const { shortName, serviceName, name, technicalSupport } = this.#trust
    return {
      subject: `Your ${shortName} security code`,
      body: paragraphs(
        'Dear patient,',
        `${code} is your ${shortName} security code.`,
        `Type it on the page of ${serviceName} where you asked for it. It works until ${clockTime(expiresAt)}.`,
        `We never ask you for this code by phone, text or e-mail. If you did not ask for it, you can ignore this e-mail, or tell ${technicalSupport.team} (${waysTo(technicalSupport)}).`,
        `${serviceName}, ${name}`,
        `Reference: ${reference}`,
      ),
    }
  }

  newAppointmentText(notice: NoticeWords): Words {
    const sentence = newAppointmentSentences.findIndex((_, index) => this.#roomForName(index, notice) >= roomForName)
    const givenName = shortened(notice.givenName, this.#roomForName(sentence, notice))
    return { body: this.#newAppointment(sentence, { ...notice, givenName }) }
  }

  newAppointmentEmail({ givenName, link, reference }: NoticeWords): Words {
    const { serviceName, name, appointmentsTeam } = this.#trust
    return {
      subject: `You have a new hospital appointment: ${serviceName}`,
      body: paragraphs(
        `Dear ${onlyName(givenName) || 'patient'},`,
        `${serviceName}: you have a new appointment at ${name}.`,
        `Log in to see when and where it is, to accept it, and to read your appointment letter:`,
        link,
        `If you need help, contact the ${appointmentsTeam.team} (${waysTo(appointmentsTeam)}).`,
        `Reference: ${reference}`,
      ),
    }
  }

  #roomForName(sentence: number, notice: NoticeWords): number {
    return textLength - gsm7Length(this.#newAppointment(sentence, { ...notice, givenName: '' })) - separator.length
  }

  #newAppointment(sentence: number, { givenName, link, reference }: NoticeWords): string {
    const to = givenName ? `${givenName}${separator}` : ''
    return `${to}${toGsm7(this.#trust.serviceName)}: ${newAppointmentSentences[sentence]} ${link} Ref ${reference}`
  }
}

const separator = ', '
const paragraphs = (...texts: string[]) => texts.join('\n\n')

const longestNotice = (wording: Wording): NoticeWords => ({
  givenName: '',
  link: wording.linkTo('x'.repeat(22)),
  reference: 'x'.repeat(8),
})

/** A name and nothing else: what looks like an address in a record must not become a link on a phone. */
const onlyName = (name: string) =>
  name
    .replace(/[^\p{L}\p{M}'’-]+/gu, ' ')
    .trim()
    .replace(/\s+/g, ' ')

/** As much of the name as fits: never the link, never the reference. */
function shortened(givenName: string, room: number): string {
  const name = onlyName(toGsm7(onlyName(givenName)))
  let kept = ''
  for (const letter of name) {
    if (gsm7Length(kept + letter) > room) break
    kept += letter
  }
  return kept.trim()
}

function waysTo({ phone, email, hours }: Trust['appointmentsTeam']): string {
  return [phone && parsePhoneNumber(phone).formatNational(), email, hours].filter(Boolean).join(', ')
}

/** "2:05pm": as the clocks of London show it. */
function clockTime(at: Date): string {
  const minutes = londonMinutes(at)
  if (minutes % 720 === 0) return minutes ? 'midday' : 'midnight'
  const hours = Math.floor(minutes / 60)
  const past = minutes % 60 ? `:${String(minutes % 60).padStart(2, '0')}` : ''
  return `${hours % 12 || 12}${past}${hours < 12 ? 'am' : 'pm'}`
}
