import { expect, expectTypeOf, it } from 'vitest'
import { match, UnknownOutcome } from '../main.ts'

type Outcome =
  | { __typename: 'AppointmentRescheduled'; appointment: { id: string } }
  | { __typename: 'SlotTaken' | 'CannotReschedule'; message: string }

const words = (outcome: Outcome) =>
  match(outcome, {
    AppointmentRescheduled: ({ appointment }) => `moved ${appointment.id}`,
    SlotTaken: ({ message, __typename }) => {
      expectTypeOf(__typename).toEqualTypeOf<'SlotTaken'>()
      return message
    },
    CannotReschedule: ({ message }) => `cannot: ${message}`,
  })

it('does what the case says of what came back', () => {
  expectTypeOf(words).returns.toEqualTypeOf<string>()
  expect(words({ __typename: 'AppointmentRescheduled', appointment: { id: 'a-1' } })).toBe('moved a-1')
  expect(words({ __typename: 'SlotTaken', message: 'Just taken.' })).toBe('Just taken.')
  expect(words({ __typename: 'CannotReschedule', message: 'Too late.' })).toBe('cannot: Too late.')
})

it('throws at a type that the graph has learnt since', () => {
  const learnt = { __typename: 'ClinicClosed', message: 'Closed.' } as unknown as Outcome
  expect(() => words(learnt)).toThrow(UnknownOutcome)
  expect(() => words(learnt)).toThrow(/ClinicClosed/)
  // Nothing that every object has counts as a case.
  expect(() => words({ __typename: 'toString' } as unknown as Outcome)).toThrow(UnknownOutcome)
})

it('does not compile without every case, nor with one that cannot be', () => {
  const outcome: Outcome = { __typename: 'SlotTaken', message: 'Just taken.' }
  // @ts-expect-error CannotReschedule is forgotten
  match(outcome as Outcome, { AppointmentRescheduled: () => 1, SlotTaken: () => 2 })
  const rest = { AppointmentRescheduled: () => 1, SlotTaken: () => 2, CannotReschedule: () => 3 }
  // @ts-expect-error there is no ClinicClosed
  match(outcome as Outcome, { ...rest, ClinicClosed: () => 4 })
  expectTypeOf(match(outcome as Outcome, rest)).toEqualTypeOf<number>()
})
