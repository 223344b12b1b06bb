import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bookAppointment } from '../../feeds/main.ts'
import { publishesClinic } from './clinic.ts'
import { comesHome } from './getting-in.ts'
import { onWeekday } from './hospital.ts'
import { expect, test } from './journey.ts'

test('A message that was refused is kept with the reason, and taken once the clinic is known', async ({
  visitor,
  portal,
  hospital,
}) => {
  const person = await hospital.aPerson()
  const file = join(portal.place.folder, 'booking.hl7')
  const appointment = { id: 'LATE-1', clinicCode: 'LATE1', startsAt: onWeekday(9, '15:40'), minutes: 20 }
  writeFileSync(file, bookAppointment({ hospitalNumber: person.hospitalNumber }, appointment, { at: new Date() }))

  const sent = await portal.hospital('send', file)
  expect(sent.code).toBe(2)
  expect(sent.printed).toMatch(/MSA\|AE\|.*AE: the portal refused the message.*no clinic of the portal has this code/s)
  const listed = await portal.hospital('refused')
  expect(listed.printed).toMatch(/AE SIU\^S12 .*\n.*no clinic of the portal has this code/)
  expect((await portal.hospital('replay')).code).toBe(2)

  await publishesClinic(portal, 'LATE1', 'Late clinic')
  const replayed = await portal.hospital('replay')
  expect(replayed.code, replayed.printed).toBe(0)
  expect((await portal.hospital('refused')).printed).toContain('The portal has refused no message that still waits.')
  await comesHome(visitor, portal, person)
  await visitor.follows(/^Accept your appointment on/)
  await visitor.sees(/Late clinic/)
})
