import { parsePhoneNumber } from 'libphonenumber-js'
import type { Trust } from '../runtime/trust.ts'
import { gsm7Length, textLength, toGsm7 } from './gsm-7.ts'
import { longestSayings, type Saying } from './sayings.ts'
import { timeInWords } from '../runtime/dates-in-words.ts'

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

/** Names longer than this are shortened before the sentence is. */
const roomForName = 12

/** Says everything this portal says by text and e-mail: no clinical word, no specialty, no clinic. */
export class Wording {
  readonly #trust: Trust
  readonly #publicUrl: URL

  constructor(trust: Trust, publicUrl: URL) {
    this.#trust = trust
    this.#publicUrl = publicUrl
    const rooms = longestSayings.map(({ text }) => this.#roomForName(shortest(text), longestNotice(this)))
    const excess = roomForName - Math.min(...rooms)
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
        `Type it on the page of ${serviceName} where you asked for it. It works until ${timeInWords(expiresAt)}.`,
        `We never ask you for this code by phone, text or e-mail. If you did not ask for it, you can ignore this e-mail, or tell ${technicalSupport.team} (${waysTo(technicalSupport)}).`,
        `${serviceName}, ${name}`,
        `Reference: ${reference}`,
      ),
    }
  }

  noticeText({ text }: Saying, notice: NoticeWords): Words {
    const sentence = text.find((it) => this.#roomForName(it, notice) >= roomForName) ?? shortest(text)
    const givenName = shortened(notice.givenName, this.#roomForName(sentence, notice))
    return { body: this.#notice(sentence, { ...notice, givenName }) }
  }

  noticeEmail({ subject, email }: Saying, { givenName, link, reference }: NoticeWords): Words {
    const { serviceName, name, appointmentsTeam } = this.#trust
    const [happened, whereTo] = email(name)
    return {
      subject: `${subject}: ${serviceName}`,
      body: paragraphs(
        `Dear ${onlyName(givenName) || 'patient'},`,
        `${serviceName}: ${happened}`,
        whereTo,
        link,
        `If you need help, contact the ${appointmentsTeam.team} (${waysTo(appointmentsTeam)}).`,
        `Reference: ${reference}`,
      ),
    }
  }

  #roomForName(sentence: string, notice: NoticeWords): number {
    return textLength - gsm7Length(this.#notice(sentence, { ...notice, givenName: '' })) - separator.length
  }

  #notice(sentence: string, { givenName, link, reference }: NoticeWords): string {
    const to = givenName ? `${givenName}${separator}` : ''
    return `${to}${toGsm7(this.#trust.serviceName)}: ${sentence} ${link} Ref ${reference}`
  }
}

const shortest = (text: Saying['text']) => text[text.length - 1] ?? text[0]
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
