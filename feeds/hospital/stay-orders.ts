import { randomInt } from 'node:crypto'
import { type Given, missing } from './given.ts'
import { text, type Order, type OrderForms } from './order.ts'
import type { HospitalStay } from './stay-messages.ts'
import { NotUnderstoodCommand } from './usage.ts'

/** Commands about stays in hospital. */
export const stayOrders: OrderForms<'plan' | 'admit' | 'discharge'> = {
  plan: {
    options: { patient: text, at: text, until: text, clinic: text, clinician: text, visit: text },
    read: readPlan,
  },
  admit: {
    options: { patient: text, clinic: text, clinician: text },
    read: (given) => ({ kind: 'admit', stay: stayOf(given, given.words[0]), ...given.optional('patient') }),
  },
  discharge: {
    options: { patient: text },
    read: (given) => ({ kind: 'discharge', id: given.word('visit'), ...given.optional('patient') }),
  },
}

function readPlan(given: Given): Order {
  const expectedAt = given.time('at') ?? missing('--at')
  const expectedUntil = given.time('until')
  if (expectedUntil && expectedUntil <= expectedAt)
    throw new NotUnderstoodCommand('--until: the stay ends before it begins.')
  const stay = { ...stayOf(given, given.text('visit')), expectedAt, ...(expectedUntil && { expectedUntil }) }
  return { kind: 'plan', patient: given.text('patient') ?? missing('--patient'), stay }
}

const stayOf = (given: Given, id = `HV-${randomInt(100_000, 999_999)}`): HospitalStay => ({
  id,
  clinicCode: given.text('clinic'),
  clinician: given.text('clinician'),
})
