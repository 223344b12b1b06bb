import type { Fault } from '../hl7/fault.ts'
import type { Hl7Message } from '../hl7/message.ts'
import type { Repetition, Segment } from '../hl7/segment.ts'
import { nhsNumber } from './nhs-number.ts'

/** Who the message is about. A bad NHS number is passed on beside a hospital number: the record drops it and flags it. */
export interface Identifiers {
  hospitalNumber?: string
  nhsNumber?: string
}

/** Reads PID-3: the hospital number is the key of a person, the NHS number optional. With neither, nobody can be meant. */
export function readIdentifiers(pid: Segment, message: Hl7Message, faults: Fault[]): Identifiers {
  const facility = message.header.text(4)
  const repetitions = pid.repetitions(3).filter((it) => it.text() !== undefined)
  const nhs = repetitions.find(isNhsNumber)?.text()
  const hospitalNumber = hospitalNumbers(repetitions, facility)[0]?.text()
  const valid = nhs === undefined ? undefined : nhsNumber(nhs)
  if (hospitalNumber === undefined && valid === undefined) faults.push({ where: 'PID-3', what: whatIsMissing(nhs) })
  return {
    ...(hospitalNumber !== undefined && { hospitalNumber }),
    ...(nhs !== undefined && { nhsNumber: valid ?? nhs.slice(0, 20) }),
  }
}

/** The hospital numbers among several, the likeliest first: our own facility's before others', medical records' before others'. */
const hospitalNumbers = (repetitions: Repetition[], facility: string | undefined) =>
  repetitions
    .filter((it) => !isNhsNumber(it) && rank(it) < elsewhere)
    .sort((a, b) => foreign(a, facility) - foreign(b, facility) || rank(a) - rank(b))

/** Every hospital number of MRG-1; when some are said to be the sending facility's, those alone. */
export function retiredNumbers(mrg: Segment, facility: string | undefined): string[] {
  const numbers = hospitalNumbers(mrg.repetitions(1), facility)
  const own = numbers.filter((it) => foreign(it, facility) === 0)
  const written = (own.length > 0 ? own : numbers).map((it) => it.text())
  return [...new Set(written.filter((number) => number !== undefined))]
}

const whatIsMissing = (nhs: string | undefined) =>
  (nhs === undefined
    ? 'there is neither a hospital number nor an NHS number. '
    : 'the NHS number fails its check, and there is no hospital number. ') +
  'Send the hospital number in PID-3.1, and the trust that gave it in PID-3.4.'

const nhsAuthorities = ['NHS', 'NHSNMBR', 'NHSNUMBER', '2.16.840.1.113883.2.1.4.1', 'https://fhir.nhs.uk/Id/nhs-number']

/** Said to be one, or, where nothing at all is said, one by its check digit. */
function isNhsNumber(it: Repetition): boolean {
  const authority = [it.text(4), it.text(4, 2)].filter((name) => name !== undefined)
  const type = it.text(5)
  if (authority.some((name) => nhsAuthorities.includes(name)) || type === 'NH' || type === 'NHS') return true
  return authority.length === 0 && type === undefined && nhsNumber(it.text() ?? '') !== undefined
}

const hospitalTypes = ['MR', 'MRN', 'PI', 'PT', '']
/** From here on it is no hospital number: a passport, a visit, a National Insurance number. */
const elsewhere = hospitalTypes.length
const rank = (it: Repetition) => {
  const place = hospitalTypes.indexOf(it.text(5) ?? '')
  return place < 0 ? elsewhere : place
}
const foreign = (it: Repetition, facility: string | undefined) =>
  facility !== undefined && it.text(4) === facility ? 0 : 1
