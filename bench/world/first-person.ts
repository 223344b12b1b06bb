import { randomUUID } from 'node:crypto'
import type { RunningGraph } from '../../scripts/graph.ts'
import { builtGraph } from '../built.ts'
import { operation } from '../operations.ts'
import { appointmentsEach } from '../plan.ts'
import { graphSettings } from './settings.ts'

const day = 24 * 60 * 60 * 1000
const hour = 60 * 60 * 1000
const clinicCode = 'BENCH'
const clinician = 'Dr Priya Shah'
const visits = Array.from({ length: appointmentsEach }, (_, index) => index)

/** Records one person as the hospital does, their appointments and as many free times, and lets the letters be written. */
export async function recordFirstPerson(folder: string): Promise<void> {
  const { startGraph } = await builtGraph()
  // As at a developer's: copies of its databases serve a portal in production, and one with the demonstration.
  const graph = await startGraph({ ...(await graphSettings(folder, 0)), production: false })
  try {
    await ask(graph, 'PublishClinic', clinic)
    await ask(graph, 'PublishSlots', { clinicCode, slots: visits.flatMap((index) => [slot(index), freeSlot(index)]) })
    const { patient } = await ask<{ patient: { id: string } }>(graph, 'RecordPatient', person())
    for (const index of visits) await ask(graph, 'RecordAppointment', booking(patient.id, index))
    await ask(graph, 'RecordLetter', letter(patient.id))
    await ask(graph, 'RecordTestResult', result(patient.id))
    await graph.settle()
  } finally {
    await graph.stop()
  }
}

const viewer = { role: 'SYSTEM' as const, actorId: 'system:feeds', patientIds: [], scopes: [] }

async function ask<Outcome>(graph: RunningGraph, name: string, facts: object): Promise<Outcome> {
  const input = { idempotencyKey: randomUUID(), ...facts }
  const { data, errors } = await graph.gateway.execute({ query: operation(name), variables: { input }, viewer })
  const outcome = Object.values(data ?? {})[0] as { __typename: string } | undefined
  if (errors?.length || !outcome || !/(?:Recorded|Published)$/.test(outcome.__typename))
    throw new Error(`${name} was refused: ${JSON.stringify(errors ?? outcome)}`)
  return outcome as Outcome
}

const clinic = {
  code: clinicCode,
  name: 'Eye clinic',
  specialty: 'Ophthalmology',
  mode: 'DIRECT',
  medium: 'FACE_TO_FACE',
  appointmentMinutes: 30,
  whatToBring: ['Your glasses'],
  preparation: [],
  contact: { team: 'Eye clinic booking team', phone: '+442079460120', hours: 'Monday to Friday, 8:30am to 5pm' },
  place: {
    site: 'Watford General Hospital',
    department: 'Outpatients 2',
    addressLines: ['Vicarage Road', 'Watford'],
    postcode: 'WD18 0HB',
  },
}

const person = () => ({
  eventAt: new Date().toISOString(),
  hospitalNumber: 'B000001',
  // Nobody's of the demonstration, which is loaded beside them.
  nhsNumber: '9999900003',
  name: { given: ['Amal', 'Jane'], family: 'Haddad' },
  bornOn: '1984-03-09',
  address: { lines: ['1 Vicarage Road', 'Watford'], postcode: 'WD18 0HB' },
})

const booking = (patientId: string, index: number) => ({
  eventAt: new Date().toISOString(),
  hospitalId: visitId(index),
  patientId,
  clinicCode,
  kind: 'OUTPATIENT',
  clinician,
  ...visitTimes(index),
})

const letter = (patientId: string) => ({
  eventAt: new Date().toISOString(),
  hospitalId: 'BENCH-LETTER',
  patientId,
  kind: 'OUTCOME_LETTER',
  title: 'Eye clinic letter',
  author: clinician,
  writtenAt: new Date(Date.now() - day).toISOString(),
  sections: [
    { heading: 'Diagnoses', paragraphs: [], items: ['Dry eyes'] },
    {
      heading: 'Plan',
      paragraphs: ['Use the eye drops four times a day. We will see you again in a year.'],
      items: [],
    },
  ],
})

const result = (patientId: string) => ({
  eventAt: new Date().toISOString(),
  hospitalId: 'BENCH-RESULT',
  patientId,
  panel: { code: '58410-2', system: 'LN', name: 'Full blood count' },
  status: 'F',
  laboratory: 'Watford General Hospital, pathology',
  collectedAt: new Date(Date.now() - 2 * day).toISOString(),
  reportedAt: new Date(Date.now() - day).toISOString(),
  observations: [
    {
      key: '718-7',
      test: { code: '718-7', system: 'LN', name: 'Haemoglobin' },
      value: '135',
      unit: 'g/L',
      range: '130-180',
      status: 'F',
    },
  ],
})

const visitId = (index: number) => `BENCH-${index}`
const slot = (index: number) => ({ hospitalId: `SLOT-${index}`, clinician, ...visitTimes(index) })

/** The time that this visit can be moved to: the day after, when the clinician sees nobody. */
const freeSlot = (index: number) => ({ hospitalId: freeSlotOf(visitId(index)), clinician, ...visitTimes(index, day) })

/** The hospital's identifier of that time, by that of the visit. */
export const freeSlotOf = (hospitalId: string) => `FREE-${hospitalId}`

function visitTimes(index: number, later = 0) {
  const startsAt = Math.ceil(Date.now() / day) * day + (7 + 3 * index) * day + 10 * hour + later
  return { startsAt: new Date(startsAt).toISOString(), endsAt: new Date(startsAt + hour / 2).toISOString() }
}
