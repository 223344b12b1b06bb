import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Behind, behind } from '../../../test/behind.ts'
import { aClinic, anAppointment, inDays } from '../../../test/bookings.ts'
import { appointments } from '../main.ts'

describe('bookings at once, on postgresql', () => {
  let hospital: Behind
  beforeAll(async () => {
    hospital = await behind(appointments, { engine: 'postgresql' })
  })
  afterAll(() => hospital.stop())

  /** Whether a booking with this clinician waits while another transaction changes one of the clinician `held`. */
  const waits = async (clinician: string | null, held: string) => {
    const clinicCode = await aClinic(hospital)
    const ended: string[] = []
    const hold = `select pg_advisory_xact_lock(hashtext('clinician'), hashtext(?))::text, pg_sleep(1.5)::text`
    const other = hospital.sql(hold, held).then(() => ended.push('other'))
    await new Promise((resolve) => setTimeout(resolve, 300))
    const facts = { patientId: randomUUID(), clinicCode, startsAt: inDays(hospital, 7), clinician }
    const booked = anAppointment(hospital, facts).then(() => ended.push('booked'))
    await Promise.all([other, booked])
    return ended[0] === 'other'
  }

  it('wait for each other when they are of one clinician, and for no other', async () => {
    expect(await waits('Dr Priya Shah', 'Dr Priya Shah')).toBe(true)
    expect(await waits('Dr Owen Price', 'Dr Priya Shah')).toBe(false)
  })

  it('wait for nobody when no clinician is named', async () => {
    expect(await waits(null, '')).toBe(false)
  })
})
