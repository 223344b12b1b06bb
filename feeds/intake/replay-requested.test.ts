import { afterEach, expect, it } from 'vitest'
import { example, feedsWithPortal } from '../testing/feeds-with-portal.ts'

let scene: Awaited<ReturnType<typeof feedsWithPortal>>
afterEach(() => scene.stop())

it('takes a refused message again when staff ask for it, and not before', async () => {
  scene = await feedsWithPortal({ everyMs: 20 })
  const { portal } = scene
  expect((await scene.send(example('booked').replace('CARD1', 'NEW7'))).code).toBe('AE')
  portal.record.clinics.add('NEW7')
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(portal.record.appointments.size).toBe(0)
  for (const entry of portal.book.entries) entry.isToReplay = true
  await expect.poll(() => portal.record.appointments.get('APT-7001')?.clinicCode).toBe('NEW7')
  await expect.poll(() => portal.book.entries[0]).toMatchObject({ acknowledgement: 'AA', isToReplay: false })
})

it('does not hurry with one that cannot be taken now', async () => {
  scene = await feedsWithPortal({ everyMs: 10 })
  const { portal } = scene
  await scene.send(example('booked').replace('CARD1', 'NEW8'))
  portal.trouble('recordAppointment', 'INTERNAL', { times: 5 })
  for (const entry of portal.book.entries) entry.isToReplay = true
  await expect
    .poll(() => scene.log.filter((line) => line.includes('took a message of the hospital again')))
    .toHaveLength(1)
  await new Promise((resolve) => setTimeout(resolve, 150))
  expect(scene.log.filter((line) => line.includes('took a message of the hospital again'))).toHaveLength(1)
  expect(portal.book.entries[0]).toMatchObject({ acknowledgement: 'AE', isToReplay: true })
})
