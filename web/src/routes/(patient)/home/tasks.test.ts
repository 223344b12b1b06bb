import { describe, expect, it } from 'vitest'
import { tasksOf } from './tasks.ts'

type HomeAppointment = Parameters<typeof tasksOf>[0][number]

const now = new Date('2026-11-23T10:00:00Z')
const anAppointment = (facts: Partial<HomeAppointment>): HomeAppointment => ({
  id: 'a1',
  startsAt: '2026-12-07T10:30:00Z',
  status: 'BOOKED',
  acceptance: { __typename: 'AcceptanceClosed' },
  hospitalConfirmation: 'CONFIRMED',
  cancellation: null,
  ...facts,
})

describe('what there is to do', () => {
  it('is nothing when everything is settled', () => {
    expect(tasksOf([anAppointment({ acceptance: { __typename: 'AlreadyAccepted' } })], now)).toEqual([])
  })

  it('is to look at what the hospital could not confirm, then to undo while it lasts, then to accept', () => {
    const tasks = tasksOf(
      [
        anAppointment({ id: 'accept', acceptance: { __typename: 'AcceptanceOpen' } }),
        anAppointment({ id: 'undo', status: 'CANCELLED', cancellation: { undoUntil: '2026-11-23T10:29:00Z' } }),
        anAppointment({
          id: 'refused',
          hospitalConfirmation: 'REFUSED',
          acceptance: { __typename: 'AcceptanceOpen' },
        }),
      ],
      now,
    )
    expect(tasks.map(({ id }) => id)).toEqual(['refused', 'undo', 'accept'])
    expect(tasks[1]?.heading).toBe(
      'You cancelled your appointment on Monday 7 December 2026. You can undo this until 10:29am today',
    )
  })

  it('is no undoing once the time for it is over', () => {
    const over = anAppointment({ status: 'CANCELLED', cancellation: { undoUntil: now.toISOString() } })
    expect(tasksOf([over], now)).toEqual([])
  })
})
