import { describe, expect, it } from 'vitest'
import { readingTasks, tasksOf } from './tasks.ts'

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
    expect(tasks.map(({ href }) => href)).toEqual([
      '/appointments/refused',
      '/appointments/undo',
      '/appointments/accept',
    ])
    expect(tasks[1]?.heading).toBe(
      'You cancelled your appointment on Monday 7 December 2026. You can undo this until 10:29am today',
    )
  })

  it('is no undoing once the time for it is over', () => {
    const over = anAppointment({ status: 'CANCELLED', cancellation: { undoUntil: now.toISOString() } })
    expect(tasksOf([over], now)).toEqual([])
  })
})

describe('what there is to read', () => {
  const aLetter = { id: 'l1', kind: 'LETTER', title: 'Letter', appointment: null } as const
  const aResult = {
    id: 'RAL.DiagnosticReport.r/1',
    kind: 'TEST_RESULT',
    title: 'Full blood count',
    appointment: null,
  } as const

  it('leads to the page of each, and says what it is', () => {
    expect(readingTasks([aLetter, aResult], [])).toEqual([
      { href: '/letters/l1', heading: 'Read your letter' },
      { href: '/results/RAL.DiagnosticReport.r%2F1', heading: 'Read your test result: Full blood count' },
    ])
  })

  it('is not the letter of an appointment that there is something to do about', () => {
    const ofAppointment = { ...aLetter, kind: 'APPOINTMENT_LETTER' as const, appointment: { id: 'a1' } }
    const others = [{ href: '/appointments/a1', heading: 'Accept your appointment' }]
    expect(readingTasks([ofAppointment], others)).toEqual([])
    expect(readingTasks([ofAppointment], [])).toHaveLength(1)
  })
})
