import { expect, it } from 'vitest'
import { contactInWords, phoneInWords } from './contact-in-words.ts'

it.each([
  ['+442074504000', '020 7450 4000'],
  ['+447700900866', '07700 900 866'],
  ['+441273800900', '01273 800 900'],
  ['+441632960110', '01632 960 110'],
  ['+441134960000', '0113 496 0000'],
  ['+448081570000', '0808 157 0000'],
  ['+33142685300', '+33142685300'],
])('writes %s as %s', (number, words) => expect(phoneInWords(number)).toBe(words))

it('says every way to reach a team, and when somebody answers', () => {
  const card = { team: 'Dermatology bookings', hours: 'Monday to Friday, 9am to 4pm' }
  expect(contactInWords({ ...card, phone: '+442079460120' })).toBe(
    'contact Dermatology bookings on 020 7946 0120 (Monday to Friday, 9am to 4pm)',
  )
  expect(contactInWords({ ...card, textphone: '+442079460121', email: 'skin@example.com' })).toBe(
    'contact Dermatology bookings by textphone on 020 7946 0121 or by email at skin@example.com (Monday to Friday, 9am to 4pm)',
  )
})
