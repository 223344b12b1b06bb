import { randomUUID } from 'node:crypto'
import type { RunningGraph } from '../../scripts/graph.ts'
import { builtGraph } from '../built.ts'
import { operation } from '../operations.ts'
import { appointmentsEach } from '../plan.ts'
import { graphSettings } from './settings.ts'

const day = 24 * 60 * 60 * 1000
const clinicCode = 'BENCH'

/** Records one person and their appointments as the hospital does, and lets the letters be written. */
export async function recordFirstPerson(folder: string): Promise<void> {
  const { startGraph } = await builtGraph()
  const graph = await startGraph(await graphSettings(folder, 0))
  try {
    await ask(graph, 'PublishClinic', clinic)
    const { patient } = await ask<{ patient: { id: string } }>(graph, 'RecordPatient', person())
    for (let index = 0; index < appointmentsEach; index += 1)
      await ask(graph, 'RecordAppointment', booking(patient.id, index))
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
  if (errors?.length || !outcome || !/Recorded|Published$/.test(outcome.__typename))
    throw new Error(`${name} was refused: ${JSON.stringify(errors ?? outcome)}`)
  return outcome as Outcome
}

const clinic = {
  code: clinicCode,
  name: 'Eye clinic',
  specialty: 'Ophthalmology',
  mode: 'VIEW_ONLY',
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
  name: { given: ['Amal', 'Jane'], family: 'Haddad' },
  bornOn: '1984-03-09',
  address: { lines: ['1 Vicarage Road', 'Watford'], postcode: 'WD18 0HB' },
})

function booking(patientId: string, index: number) {
  const startsAt = Math.ceil(Date.now() / day) * day + (7 + 3 * index) * day + 10 * 60 * 60 * 1000
  return {
    eventAt: new Date().toISOString(),
    hospitalId: `BENCH-${index}`,
    patientId,
    clinicCode,
    kind: 'OUTPATIENT',
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(startsAt + 30 * 60 * 1000).toISOString(),
    clinician: 'Dr Priya Shah',
  }
}
