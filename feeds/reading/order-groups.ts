import type { Fault } from '../hl7/fault.ts'
import type { Hl7Message } from '../hl7/message.ts'
import type { Segment } from '../hl7/segment.ts'

/** An OBX, and the comments that follow it. */
export interface ObservationGroup {
  obx: Segment
  notes: Segment[]
}

/** What belongs to one OBR of a message. */
export interface OrderGroup {
  /** Which OBR of the message it is, counted from 1. */
  number: number
  orc: Segment | undefined
  obr: Segment
  notes: Segment[]
  observations: ObservationGroup[]
  specimens: Segment[]
}

/** Divides a message of results by its orders: each OBR with the ORC before it and everything until the next. */
export function orderGroups(message: Hl7Message, faults: Fault[]): OrderGroup[] {
  const groups: OrderGroup[] = []
  let orc: Segment | undefined
  let before: Segment | undefined
  for (const segment of message.segments) {
    const group = groups.at(-1)
    if (segment.name === 'ORC') orc = segment
    else if (segment.name === 'OBR') {
      groups.push({ number: groups.length + 1, orc, obr: segment, notes: [], observations: [], specimens: [] })
      orc = undefined
    } else if (group) addTo(group, segment, before)
    else if (segment.name === 'OBX')
      faults.push({ where: 'OBX', what: 'it stands before any OBR. Send the OBR it belongs to first.' })
    if (segment.name !== 'NTE') before = segment
  }
  if (groups.length === 0) faults.push({ where: 'OBR', what: 'the segment is missing. Send an OBR for each panel.' })
  return groups
}

/** A comment belongs to the value before it; after a specimen it is of that, and so of the whole. */
function addTo({ notes, observations, specimens }: OrderGroup, segment: Segment, before: Segment | undefined) {
  if (segment.name === 'OBX') observations.push({ obx: segment, notes: [] })
  else if (segment.name === 'SPM') specimens.push(segment)
  else if (segment.name === 'NTE') ((before?.name !== 'SPM' && observations.at(-1)?.notes) || notes).push(segment)
}
