import { rmSync, statSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { askingAs } from '../scripts/demonstration/asking-as.ts'
import { birthDate } from '../scripts/demonstration/calendar.ts'
import { patients } from '../scripts/demonstration/log-ins.ts'
import { demonstratePartnerClient, partner } from '../scripts/demonstration/partner-client/demonstrate.ts'
import { keyFileIn } from '../scripts/demonstration/partner-client/kept-client.ts'
import { people } from '../scripts/demonstration/people.ts'
import { FakeClock } from './clock.ts'
import { aBloodCount, haemoglobin } from './laboratory.ts'
import { type World, world } from './world.ts'

let portal: World
let tokenOf: (id: string) => Promise<string>
let clientId: string

const shown = ['W100001', 'W100002', 'W100004', 'W100010']
const record = `mutation R($input: RecordPatientInput!) {
  recordPatient(input: $input) { ... on PatientRecorded { patient { id } } }
}`
const report = `mutation R($input: RecordTestResultInput!) {
  recordTestResult(input: $input) { ... on TestResultRecorded { result { id } } }
}`
const observations = [{ key: '1', status: 'F', ...haemoglobin() }]
const aDay = 86_400_000
const yesterday = Object.fromEntries(
  ['eventAt', 'collectedAt', 'reportedAt'].map((it) => [it, new Date(Date.now() - aDay).toISOString()]),
)
const place = () => ({
  graphUrl: portal.url,
  systemSecret: portal.secrets.SYSTEM_SECRET_FEEDS,
  folder: portal.folder,
  tokenOf,
})

beforeAll(async () => {
  // Tokens are given by the machine's own clock.
  portal = await world({ clock: new FakeClock(new Date()) })
  for (const { hospitalNumber, nhsNumber, given, family, born, mobile, email } of people) {
    if (!shown.includes(hospitalNumber)) continue
    const input = {
      idempotencyKey: hospitalNumber,
      eventAt: portal.clock.now().toISOString(),
      ...{ hospitalNumber, nhsNumber, name: { given, family }, bornOn: birthDate(born), mobile, email },
    }
    const { recordPatient } = await portal.system(record, { input })
    const { patient } = recordPatient as unknown as { patient: { id: string } }
    const result = {
      idempotencyKey: `result of ${hospitalNumber}`,
      ...aBloodCount({ patientId: patient.id, observations, ...yesterday }),
    }
    await portal.system(report, { input: result })
  }
  const everybody = askingAs([patients(portal.url, portal.inbox), partner(portal.url, portal.folder)])
  tokenOf = (id) => everybody.token(id)
  ;({ clientId } = await demonstratePartnerClient(place()))
})
afterAll(() => portal.stop())

const endUser = { 'x-end-user-id': 'GMC-1', 'x-end-user-role': 'Registrar' }
const query = `query ($nhsNumber: String!, $bornOn: LocalDate!) {
  patientByNhsNumber(nhsNumber: $nhsNumber, bornOn: $bornOn) {
    name { family } appointments(period: PAST) { totalCount } documents { totalCount }
  }
}`

/** What the Royal Free sees of somebody. */
async function seen(hospitalNumber: string): Promise<unknown> {
  const { nhsNumber, born = '' } = people.find((it) => it.hospitalNumber === hospitalNumber) ?? {}
  // A system may ask five times a second, and time stands still here.
  portal.clock.pass(1)
  const { data } = await portal.ask(await tokenOf('royal-free'), query, { nhsNumber, bornOn: birthDate(born) }, endUser)
  return data?.patientByNhsNumber
}

async function looksAtAmal() {
  const asked = '{ me { detailsAccesses { nodes { organisation person personRole } } } }'
  const { data } = await portal.ask(await tokenOf('W100001'), asked)
  return (data?.me as unknown as { detailsAccesses: { nodes: unknown[] } }).detailsAccesses.nodes
}

it('has looked already at the person who shares everything, and she sees who', async () => {
  const organisation = 'Royal Free London NHS Foundation Trust'
  expect(await looksAtAmal()).toEqual([
    { organisation, person: 'NMC-94H2231E', personRole: 'Clinical nurse specialist' },
    { organisation, person: 'GMC-7083412', personRole: 'Consultant' },
  ])
})

it('looks once, however often the portal starts', async () => {
  const before = await looksAtAmal()
  expect(await demonstratePartnerClient(place())).toMatchObject({ clientId, hasLooked: true })
  expect(await looksAtAmal()).toEqual(before)
})

it('sees what is shared with it, and nobody else', async () => {
  const none = { totalCount: 0 }
  const one = { totalCount: 1 }
  expect(await seen('W100001')).toEqual({ name: { family: 'Haddad' }, appointments: none, documents: one })
  expect(await seen('W100002')).toEqual({ name: { family: "O'Connor" }, appointments: none, documents: none })
  expect(await seen('W100004')).toBeNull()
  expect(await seen('W100010')).toBeNull()
})

it('has a key that only its owner can read, and is given another when that is lost', async () => {
  const file = keyFileIn(portal.folder)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  rmSync(file)
  portal.clock.pass(1)
  expect(await demonstratePartnerClient(place())).toMatchObject({ clientId, hasLooked: true })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(await seen('W100001')).not.toBeNull()
})
