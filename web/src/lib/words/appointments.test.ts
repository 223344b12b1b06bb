import { describe, expect, it } from 'vitest'
import { cancellationWords, mapLink, standing, type StandingFacts, timeWords } from './appointments.ts'

describe('the word on an appointment', () => {
  const now = new Date('2026-11-22T12:00:00Z')
  const booked: StandingFacts = {
    kind: 'OUTPATIENT',
    status: 'BOOKED',
    endsAt: '2026-12-01T10:00:00Z',
    acceptance: { __typename: 'AcceptanceClosed' },
    hospitalConfirmation: 'CONFIRMED',
    changeRequests: [],
  }

  it.each([
    ['BOOKED', 'AcceptanceOpen', 'To accept'],
    ['BOOKED', 'AlreadyAccepted', 'Confirmed'],
    ['BOOKED', 'AcceptanceClosed', 'Booked'],
    ['ADMITTED', 'AcceptanceClosed', 'In hospital'],
    ['CANCELLED', 'AlreadyAccepted', 'Cancelled'],
    ['CANCELLED', 'AcceptanceClosed', 'Cancelled'],
    ['COMPLETED', 'AlreadyAccepted', 'Attended'],
    ['DID_NOT_ATTEND', 'AcceptanceClosed', 'Missed'],
  ] as const)('for %s with %s is "%s"', (status, acceptance, word) => {
    expect(standing({ ...booked, status, acceptance: { __typename: acceptance } }, now)).toBe(word)
  })

  it('is "Discharged" after a stay', () => {
    expect(standing({ ...booked, kind: 'ADMISSION', status: 'COMPLETED' }, now)).toBe('Discharged')
  })

  it('is "Past" once it is over, accepted or not, and whatever was asked for', () => {
    const over = { ...booked, endsAt: '2026-11-22T12:00:00Z' }
    expect(standing(over, now)).toBe('Past')
    expect(standing({ ...over, acceptance: { __typename: 'AlreadyAccepted' } }, now)).toBe('Past')
    expect(standing({ ...over, changeRequests: [{ kind: 'CHANGE', status: 'OPEN' }] }, now)).toBe('Past')
  })

  it('says first what has not been settled with the hospital', () => {
    const accepted = { ...booked, acceptance: { __typename: 'AlreadyAccepted' } } as const
    expect(standing({ ...accepted, hospitalConfirmation: 'BEING_CONFIRMED' }, now)).toBe('Being confirmed')
    expect(standing({ ...accepted, hospitalConfirmation: 'REFUSED' }, now)).toBe('Not confirmed')
    const asking = (kind: 'CHANGE' | 'CANCELLATION', status: string) =>
      standing({ ...accepted, hospitalConfirmation: 'BEING_CONFIRMED', changeRequests: [{ kind, status }] }, now)
    expect(asking('CHANGE', 'OPEN')).toBe('Change requested')
    expect(asking('CANCELLATION', 'OPEN')).toBe('Cancellation requested')
    expect(asking('CHANGE', 'WITHDRAWN')).toBe('Being confirmed')
  })
})

it('points a map at the postcode, and carries nothing of the appointment', () => {
  expect(mapLink('Watford General Hospital', 'WD18 0HB')).toBe(
    'https://www.google.com/maps/search/?api=1&query=Watford+General+Hospital%2C+WD18+0HB',
  )
  expect(mapLink('Hemel & St Albans', null)).toBe('https://www.google.com/maps/search/?api=1&query=Hemel+%26+St+Albans')
})

it('says who cancelled an appointment', () => {
  const at = '2026-07-01T08:30:00Z'
  expect(cancellationWords({ at, by: 'HOSPITAL' })).toBe(
    'The hospital cancelled this appointment on Wednesday 1 July 2026.',
  )
  expect(cancellationWords({ at, by: 'PATIENT' })).toBe('You cancelled this appointment on Wednesday 1 July 2026.')
  expect(cancellationWords(null)).toBe('This appointment is cancelled.')
})

it('says when an appointment ends, and on which day a stay does', () => {
  expect(timeWords('2026-07-01T08:30:00Z', '2026-07-01T09:00:00Z')).toBe('9:30am to 10am')
  expect(timeWords('2026-07-01T06:00:00Z', '2026-07-04T16:00:00Z')).toBe('7am until Saturday 4 July 2026 at 5pm')
})
