import type { Hl7Message } from '../hl7/message.ts'
import type { Segment } from '../hl7/segment.ts'
import { interprets } from './arrangements.ts'

/** The services, places or clinicians booked, without those the message takes away (action code D). */
export const activeResources = (message: Hl7Message, name: 'AIS' | 'AIL' | 'AIP'): Segment[] =>
  message.all(name).filter((it) => it.text(2)?.toUpperCase() !== 'D' && !(name === 'AIP' && interprets(it)))
