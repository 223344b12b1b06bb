import { refuse, type Fault } from '../hl7/fault.ts'
import type { Hl7Message } from '../hl7/message.ts'
import type { Segment } from '../hl7/segment.ts'
import { readIdentifiers, retiredNumbers } from './identifiers.ts'
import { readPersonOf, type PersonInMessage } from './person.ts'

/** One person whose records are one from now on, or no longer. */
export interface MergeInMessage {
  /** The record that stays, with whatever the message says of the person. */
  person: PersonInMessage
  retired: string[]
  /** Whether the message leaves open which of the two is the retired one. */
  eitherWay?: boolean
}

/**
 * Reads the pairs of PID and MRG in a message: several of them, several numbers in one MRG-1, several MRG after one PID, and all
 * of it with MRG before its PID, as some systems send it.
 */
export function readMerges(message: Hl7Message, faults: Fault[]): MergeInMessage[] {
  const segments = message.segments.filter(({ name }) => ['PID', 'PD1', 'MRG'].includes(name))
  if (!segments.some(({ name }) => name === 'PID')) refuse('PID', 'the segment is missing. Send PID and MRG.')
  if (!segments.some(({ name }) => name === 'MRG'))
    refuse('MRG', 'the segment is missing. Send the number that is no longer used in MRG-1.')
  return groups(segments).map((group) => readMerge(group, message, faults))
}

/** A37 in its standard form names both in a PID of their own; some systems send PID and MRG. */
export function readSeparated(message: Hl7Message, faults: Fault[]): MergeInMessage {
  const [first, second, third] = message.all('PID')
  if (message.segment('MRG') || !first || !second || third) {
    const [merge, another] = readMerges(message, faults)
    return merge && !another ? merge : refuse('PID', 'there are several pairs. Send one message for each.')
  }
  const number = readIdentifiers(second, message, faults).hospitalNumber
  if (number === undefined) faults.push(numberMissing('PID-3'))
  return {
    person: readPersonOf(first, undefined, message, faults),
    retired: number === undefined ? [] : [number],
    eitherWay: true,
  }
}

/** Each begins with a PID, or with the MRG before it when the message begins with one. */
function groups(segments: Segment[]): Segment[][] {
  const reversed = segments[0]?.name === 'MRG'
  const found: Segment[][] = []
  let before: Segment | undefined
  for (const segment of segments) {
    const begins = reversed ? segment.name === 'MRG' && before?.name !== 'MRG' : segment.name === 'PID'
    if (begins || found.length === 0) found.push([])
    found.at(-1)?.push(segment)
    before = segment
  }
  return found
}

function readMerge(group: Segment[], message: Hl7Message, faults: Fault[]): MergeInMessage {
  const named = (name: string) => group.filter((it) => it.name === name)
  const [pid, another] = named('PID')
  if (!pid || another || named('MRG').length === 0)
    refuse(
      'MRG',
      'a PID has no MRG, or a MRG no PID. Send them in pairs: PID with the number that stays, MRG after it.',
    )
  const retired = named('MRG').flatMap((mrg) => retiredNumbers(mrg, message.header.text(4)))
  if (retired.length === 0) faults.push(numberMissing('MRG-1'))
  return { person: readPersonOf(pid, named('PD1')[0], message, faults), retired }
}

const numberMissing = (where: string): Fault => ({
  where,
  what: 'there is no hospital number. Send the number that is no longer used, and the trust that gave it in component 4.',
})
