import { expect, it } from 'vitest'
import { bookings } from './bookings.ts'
import { spanOf, today } from './calendar.ts'
import { clinics } from './clinics.ts'
import { slotsOf } from './slots.ts'

const offered = clinics.map((clinic) => ({ clinic, slots: slotsOf(clinic) }))
const asked = offered.filter(({ clinic }) => ['DIRECT', 'REQUEST'].includes(clinic.mode))

it('offers every appointment that can be changed at least 20 other times, with the same clinician', () => {
  const changeable = bookings.filter(({ clinic }) => asked.some((it) => it.clinic.code === clinic))
  expect(changeable.length).toBeGreaterThan(10)
  for (const { clinic, clinician } of changeable) {
    const slots = offered.find((it) => it.clinic.code === clinic)?.slots ?? []
    expect(slots.filter((it) => it.clinician === clinician).length).toBeGreaterThan(20)
  }
})

it('goes on for 13 weeks, with days that are full', () => {
  for (const { slots, clinic } of asked)
    for (const clinician of clinic.clinicians) {
      const days = new Set(slots.filter((it) => it.clinician === clinician).map((it) => it.startsAt.slice(0, 10)))
      expect(days.size).toBeGreaterThan(50)
      expect(days.size).toBeLessThan(65)
      const weeks = (Date.parse([...days].at(-1) ?? '') - Date.parse(today())) / (7 * 24 * 3600_000)
      expect(weeks).toBeGreaterThan(12.5)
    }
})

it('has no clinician in two places, but where the hospital itself booked two people at one time', () => {
  for (const { slots } of asked)
    for (const { startsAt, endsAt, clinician } of slots) {
      const [from, until] = [new Date(startsAt), new Date(endsAt)]
      const elsewhere = bookings
        .filter((it) => it.clinician === clinician && !it.cancelledBecause)
        .map(spanOf)
        .filter((it) => it.startsAt < until && from < it.endsAt)
      expect(elsewhere.filter((it) => it.startsAt.getTime() !== from.getTime())).toEqual([])
      const others = slots.filter((it) => it.clinician === clinician && it.startsAt < endsAt && startsAt < it.endsAt)
      expect(others).toHaveLength(1)
    }
})
