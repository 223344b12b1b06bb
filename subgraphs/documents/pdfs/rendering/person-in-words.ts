import { londonInstant } from '../../../runtime/london.ts'
import type { PersonOnPaper } from './printable.ts'

const notHeld = 'not held by the hospital'

/** Whose a document is, at its head: the name, and a line for each fact that tells them from somebody of the same name. */
export function personInLines(person: PersonOnPaper): [name: string, ...facts: string[]] {
  const { bornOn, nhsNumber, hospitalNumber } = inWords(person)
  return [
    `Patient: ${person.name}`,
    `Date of birth: ${bornOn}`,
    `NHS number: ${nhsNumber}`,
    `Hospital number: ${hospitalNumber}`,
  ]
}

/** The same at the foot of a page, no number broken in two. */
export function personInLine(person: PersonOnPaper): string {
  const { bornOn, nhsNumber, hospitalNumber } = inWords(person)
  return `${person.name}, born ${whole(bornOn)}, NHS number ${whole(nhsNumber)}, hospital number ${whole(hospitalNumber)}`
}

const whole = (fact: string) => fact.replaceAll(' ', '\u00a0')

const inWords = ({ bornOn, nhsNumber, hospitalNumber }: PersonOnPaper) => ({
  bornOn: date.format(londonInstant(bornOn, '12:00')),
  nhsNumber: nhsNumber ? inGroups(nhsNumber) : notHeld,
  hospitalNumber: hospitalNumber ?? notHeld,
})

const date = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

/** As the NHS writes it: "999 004 1571". */
const inGroups = (nhsNumber: string) => nhsNumber.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3')
