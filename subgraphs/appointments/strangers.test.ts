import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Alone, alone, anonymous, patient } from '../../test/alone.ts'
import { aClinic, anAppointment, type RecordedAppointment } from '../../test/bookings.ts'
import { appointments } from './main.ts'

let hospital: Alone
let bens: RecordedAppointment
beforeAll(async () => {
  hospital = await alone(appointments)
  bens = await anAppointment(hospital, { patientId: 'ben' })
})
afterAll(() => hospital.stop())

const fragments = `
  ... on Appointment { id startsAt patient { id } }
  ... on Patient { id appointments(period: UPCOMING) { totalCount } }
  ... on Clinic { code name }
`
const entities = (viewer: Parameters<Alone['ask']>[0], representation: object) =>
  hospital.ask(viewer, `query ($it: [_Any!]!) { _entities(representations: $it) { ${fragments} } }`, {
    it: [representation],
  })

it('answers null through every door for an appointment of somebody else', async () => {
  const amal = patient('amal')
  const root = await hospital.ask(amal, `query ($id: ID!) { appointment(id: $id) { id } }`, { id: bens.id })
  expect(root).toEqual({ data: { appointment: null } })
  for (const id of [bens.id, 'x', "' or 1=1 --"])
    expect(await entities(amal, { __typename: 'Appointment', id })).toEqual({ data: { _entities: [null] } })
  expect(await entities(amal, { __typename: 'Patient', id: 'ben' })).toEqual({ data: { _entities: [null] } })
})

it('answers the one whose it is through each of them', async () => {
  const ben = patient('ben')
  const { data } = await entities(ben, { __typename: 'Appointment', id: bens.id })
  expect(data?._entities).toEqual([{ id: bens.id, startsAt: bens.startsAt, patient: { id: 'ben' } }])
  const own = await entities(ben, { __typename: 'Patient', id: 'ben' })
  expect(own.data?._entities).toEqual([{ id: 'ben', appointments: { totalCount: 1 } }])
})

it('tells somebody who is not logged in to log in, and shows nothing', async () => {
  const { errors } = await hospital.ask(anonymous(), `query ($id: ID!) { appointment(id: $id) { id } }`, {
    id: bens.id,
  })
  expect(errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED')
  const { data } = await entities(anonymous(), { __typename: 'Appointment', id: bens.id })
  expect(data?._entities).toEqual([null])
})

it('shows patients every clinic but those that are kept out', async () => {
  const excluded = await aClinic(hospital, { excluded: true })
  const named = (code: string) => entities(patient('amal'), { __typename: 'Clinic', code })
  expect(await named(bens.clinic.code)).toMatchObject({ data: { _entities: [{ name: 'Dermatology clinic' }] } })
  expect(await named(excluded)).toEqual({ data: { _entities: [null] } })
})
