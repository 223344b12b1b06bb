import { readTimestamp } from '../hl7/timestamp.ts'
import { type Given, missing } from './given.ts'
import type { HospitalPerson } from './messages.ts'
import { text, type Order, type OrderForms } from './order.ts'
import { NotUnderstoodCommand } from './usage.ts'

/** Commands about people and their records. */
export const peopleOrders: OrderForms<'register' | 'merge' | 'unmerge'> = {
  register: {
    options: {
      number: text,
      given: text,
      family: text,
      born: text,
      title: text,
      mobile: text,
      email: text,
      'nhs-number': text,
    },
    read: readRegistration,
  },
  merge: { options: { into: text }, read: (given) => ({ kind: 'merge', ...pair(given, 'into') }) },
  unmerge: { options: { from: text }, read: (given) => ({ kind: 'unmerge', ...pair(given, 'from') }) },
}

const pair = (given: Given, name: 'into' | 'from') => ({
  retired: given.word('number'),
  surviving: given.text(name) ?? missing(`--${name}`),
})

function readRegistration(given: Given): Order {
  const bornOn = given.text('born') ?? missing('--born')
  if (readTimestamp(bornOn.replaceAll('-', ''))?.date !== bornOn)
    throw new NotUnderstoodCommand(`--born: "${bornOn}" is no date. Write it like 1980-01-31.`)
  const person: HospitalPerson = {
    hospitalNumber: given.text('number') ?? missing('--number'),
    given: (given.text('given') ?? missing('--given')).split(/\s+/),
    family: given.text('family') ?? missing('--family'),
    bornOn,
    title: given.text('title'),
    mobile: given.text('mobile'),
    email: given.text('email'),
    nhsNumber: given.text('nhs-number'),
  }
  return { kind: 'register', person }
}
