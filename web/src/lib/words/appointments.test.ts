import { describe, expect, it } from 'vitest'
import { mapLink, standing } from './appointments.ts'

describe('the word on an appointment', () => {
  it.each([
    ['BOOKED', 'AcceptanceOpen', 'To accept'],
    ['BOOKED', 'AlreadyAccepted', 'Confirmed'],
    ['BOOKED', 'AcceptanceClosed', 'Booked'],
    ['CANCELLED', 'AlreadyAccepted', 'Cancelled'],
    ['CANCELLED', 'AcceptanceClosed', 'Cancelled'],
    ['COMPLETED', 'AlreadyAccepted', 'Attended'],
    ['DID_NOT_ATTEND', 'AcceptanceClosed', 'Missed'],
  ] as const)('for %s with %s is "%s"', (status, acceptance, word) => {
    expect(standing({ status, acceptance: { __typename: acceptance } })).toBe(word)
  })
})

it('points a map at the postcode, and carries nothing of the appointment', () => {
  expect(mapLink('Watford General Hospital', 'WD18 0HB')).toBe(
    'https://www.google.com/maps/search/?api=1&query=Watford+General+Hospital%2C+WD18+0HB',
  )
  expect(mapLink('Hemel & St Albans', null)).toBe('https://www.google.com/maps/search/?api=1&query=Hemel+%26+St+Albans')
})
