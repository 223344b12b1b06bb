import type { RecordPatientInput } from '../../client/main.ts'
import type { Fault } from '../hl7/fault.ts'
import type { Hl7Message } from '../hl7/message.ts'
import type { Segment } from '../hl7/segment.ts'
import { readTimestamp } from '../hl7/timestamp.ts'
import { readContactDetails } from './contact-details.ts'
import { defined } from './defined.ts'
import { readIdentifiers } from './identifiers.ts'
import { readName } from './person-name.ts'
import { readAddress } from './postal-address.ts'

/** What a message says about the person, as the record takes it. */
export type PersonInMessage = Omit<RecordPatientInput, 'idempotencyKey' | 'eventAt'>

/** Reads PID and PD1. Empty fields are left out, `""` becomes null. */
export function readPerson(message: Hl7Message, faults: Fault[]): PersonInMessage {
  const [pid, second] = message.all('PID')
  if (!pid) {
    faults.push({ where: 'PID', what: 'the segment is missing. Send PID with the hospital number in PID-3.' })
    return {}
  }
  if (second) faults.push({ where: 'PID', what: 'there is more than one. Send one message for each patient.' })
  return readPersonOf(pid, message.segment('PD1'), message, faults)
}

/** The same of one PID among several, with the PD1 that follows it. */
export function readPersonOf(
  pid: Segment,
  pd1: Segment | undefined,
  message: Hl7Message,
  faults: Fault[],
): PersonInMessage {
  return defined({
    ...readIdentifiers(pid, message, faults),
    name: readName(pid, faults),
    bornOn: readBirthDate(pid, faults),
    sex: readSex(pid),
    address: readAddress(pid),
    ...readContactDetails(pid),
    preferredLanguage: readLanguage(pid),
    deceased: readDeath(pid, faults),
    ...readPractice(pd1),
  })
}

function readBirthDate(pid: Segment, faults: Fault[]): string | undefined {
  const value = pid.value(7)
  if (value === undefined) return undefined
  const time = value === null ? undefined : readTimestamp(value)
  if (time && time.precision !== 'YEAR' && time.precision !== 'MONTH') return time.date
  faults.push({
    where: 'PID-7',
    what: 'this is no date of birth. Send the year, month and day of a real date: YYYYMMDD.',
  })
  return undefined
}

/** As the NHS Data Dictionary writes it: 1 male, 2 female, 9 indeterminate, X not known. HL7 writes letters. */
const sexes: Record<string, string> = { M: '1', F: '2', O: '9', A: '9', N: '9', U: 'X', '0': 'X' }
const readSex = (pid: Segment) => {
  const written = pid.value(8)
  return typeof written === 'string'
    ? (sexes[written.toUpperCase()] ?? (/^[129X]$/.test(written) ? written : undefined))
    : written
}

const readLanguage = (pid: Segment) => {
  const language = pid.value(15)
  return typeof language === 'string' && /^[A-Za-z]{2,3}$/.test(language) ? language.toLowerCase() : language
}

/** PID-30 says whether; a time of death in PID-29 is enough to say so. */
function readDeath(pid: Segment, faults: Fault[]): boolean | undefined {
  const written = pid.value(29)
  if (typeof written === 'string' && !readTimestamp(written))
    faults.push({ where: 'PID-29', what: 'this is no date or time of death. Send YYYYMMDD, or YYYYMMDDHHMM.' })
  const indicator = pid.value(30)
  if (typeof indicator === 'string') return /^[Y1]/i.test(indicator)
  if (typeof written === 'string') return true
  return indicator === null || written === null ? false : undefined
}

/** PD1-3 names the practice by its ODS code; PD1-12 protects the record of someone who must not be found. */
function readPractice(pd1: Segment | undefined): Pick<RecordPatientInput, 'generalPractice' | 'sensitive'> {
  const protection = pd1?.value(12)
  return {
    generalPractice: pd1?.value(3) === null ? null : (pd1?.value(3, 3) ?? pd1?.text(3, 10)),
    sensitive: protection === undefined ? undefined : protection?.toUpperCase() === 'Y',
  }
}
