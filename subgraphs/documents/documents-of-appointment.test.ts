import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { engines, patient } from '../../test/alone.ts'
import type { Behind } from '../../test/behind.ts'
import { amal, documentsAlone } from '../../test/documents-alone.ts'
import { aBookingLetter, aLetter } from '../../test/hospital-documents.ts'

describe.each(engines)('the documents about an appointment, on %s', (engine) => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await documentsAlone({ engine })
  })
  afterAll(() => hospital.stop())

  const about = async (appointmentId: string, viewer = amal, whose: object = { patient: { id: 'amal' } }) => {
    const text = `query ($it: [_Any!]!) { _entities(representations: $it) { ... on Appointment { documents { title } letter { __typename title } } } }`
    const representation = { __typename: 'Appointment', id: appointmentId, ...whose }
    const { data, errors } = await hospital.ask(viewer, text, { it: [representation] })
    if (errors) throw new Error(String(errors[0]?.extensions.code))
    return (data?._entities as unknown as unknown[])[0]
  }

  it('are all of them, the newest first, with placeholders of what waits', async () => {
    const appointmentId = randomUUID()
    const em = hospital.fork()
    aBookingLetter(em, { appointmentId, title: 'Your appointment', writtenAt: new Date('2026-11-01T09:00:00Z') })
    aLetter(em, { appointmentId, title: 'What came of it', writtenAt: new Date('2026-11-19T09:00:00Z') })
    aLetter(em, { appointmentId, title: 'Not yet', writtenAt: new Date('2026-11-18T09:00:00Z'), opensAt: null })
    aLetter(em, { title: 'About something else' })
    await em.flush()
    expect(await about(appointmentId)).toEqual({
      documents: [{ title: 'What came of it' }, { title: 'Letter' }, { title: 'Your appointment' }],
      letter: { __typename: 'AppointmentLetter', title: 'Your appointment' },
    })
  })

  it('are none for an appointment that nobody wrote about', async () => {
    expect(await about(randomUUID())).toEqual({ documents: [], letter: null })
  })

  it('are at most 50', async () => {
    const appointmentId = randomUUID()
    const em = hospital.fork()
    for (let count = 0; count < 51; count++) aLetter(em, { appointmentId, title: `${count}` })
    await em.flush()
    expect(((await about(appointmentId)) as { documents: unknown[] }).documents).toHaveLength(50)
  })

  it('are nobody else’s, whoever is said to be the patient', async () => {
    const appointmentId = randomUUID()
    const em = hospital.fork()
    aLetter(em, { appointmentId })
    await em.flush()
    const stranger = patient('a-stranger')
    expect(await about(appointmentId, stranger)).toBeNull()
    expect(await about(appointmentId, stranger, {})).toBeNull()
    const claimed = await about(appointmentId, stranger, { patient: { id: 'a-stranger' } })
    expect(claimed).toEqual({ documents: [], letter: null })
  })
})
