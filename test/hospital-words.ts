import { randomUUID } from 'node:crypto'
import { type Alone, system } from './alone.ts'
import type { RecordedAppointment } from './bookings.ts'

/** What came of a word on a stay, on attendance or on arrangements. */
export interface Word {
  __typename: string
  created: boolean
  flags: string[]
  field: string
  message: string
  appointment: RecordedAppointment & { admittedAt: string | null; dischargedAt: string | null }
}

async function say(it: Alone, name: string, facts: Record<string, unknown>): Promise<Word> {
  const capital = name.replace(/^./, (letter) => letter.toUpperCase())
  const document = `mutation ($input: ${capital}Input!) {
    ${name}(input: $input) {
      __typename
      ... on AppointmentRecorded {
        created flags
        appointment {
          id hospitalId status kind startsAt endsAt clinician version admittedAt dischargedAt acceptedAt
          clinic { code contact { team } } place { site } arrangements { kind detail } cancellation { at by reason }
        }
      }
      ${name === 'recordAdmission' ? '... on AppointmentIncomplete { field }' : ''}
      ... on Problem { message }
    }
  }`
  const input = { idempotencyKey: randomUUID(), eventAt: it.clock.now().toISOString(), ...facts }
  const { data, errors } = await it.ask(system, document, { input })
  if (errors) throw new Error(JSON.stringify(errors))
  return Object.values(data ?? {})[0] as unknown as Word
}

/** The hospital says a step of a stay. */
export const recordAdmission = (it: Alone, facts: Record<string, unknown>) => say(it, 'recordAdmission', facts)
/** The hospital says that a patient came, or did not. */
export const recordAttendance = (it: Alone, facts: Record<string, unknown>) => say(it, 'recordAttendance', facts)
/** The hospital says what it has arranged. */
export const recordArrangements = (it: Alone, facts: Record<string, unknown>) => say(it, 'recordArrangements', facts)
