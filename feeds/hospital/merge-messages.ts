import { writeTimestamp } from '../hl7/timestamp.ts'
import { writeMessage, writeSegment, writeText } from '../hl7/writing.ts'
import { header, identification, type Envelope, type HospitalPerson } from './person-segments.ts'

/** ADT^A40: what is known under the retired number belongs to this person. */
export const mergePatients = (person: HospitalPerson, retired: string, envelope: Envelope): string =>
  writeMessage([
    ...opening('A40^ADT_A39', person, envelope),
    writeSegment('MRG', { 1: `${writeText(retired)}^^^${envelope.facility ?? 'RWG'}^MR` }),
  ])

/** ADT^A37: the retired number is a person of its own again. */
export const unmergePatients = (person: HospitalPerson, retired: string, envelope: Envelope): string =>
  writeMessage([
    ...opening('A37^ADT_A37', person, envelope),
    identification({ hospitalNumber: retired }, envelope).replace('PID|1', 'PID|2'),
  ])

const opening = (event: string, person: HospitalPerson, envelope: Envelope): string[] => [
  header(`ADT^${event}`, envelope),
  writeSegment('EVN', { 2: writeTimestamp(envelope.at) }),
  identification(person, envelope),
]
