import { randomInt } from 'node:crypto'
import { type Given, missing } from './given.ts'
import { examinations, type ExaminationName } from './laboratory.ts'
import { letterTexts } from './letter-texts.ts'
import { flag, text, type Order, type OrderForms } from './order.ts'
import { NotUnderstoodCommand } from './usage.ts'

/** Commands about test results and letters. */
export const documentOrders: OrderForms<'result' | 'letter' | 'withdraw-document'> = {
  result: {
    options: {
      test: text,
      order: text,
      clinic: text,
      clinician: text,
      preliminary: flag,
      corrected: flag,
      critical: flag,
    },
    read: readResult,
  },
  letter: {
    options: { kind: text, id: text, replace: text, pdf: text, clinic: text, clinician: text },
    read: readLetter,
  },
  'withdraw-document': {
    options: { patient: text },
    read: (given) => ({ kind: 'withdraw-document', id: given.word('document'), ...given.optional('patient') }),
  },
}

function readResult(given: Given): Order {
  const test = given.text('test') ?? missing('--test')
  if (!Object.hasOwn(examinations, test))
    throw new NotUnderstoodCommand(`--test: "${test}" is none of ${Object.keys(examinations).join(', ')}.`)
  const [preliminary, corrected, critical] = [
    given.flag('preliminary'),
    given.flag('corrected'),
    given.flag('critical'),
  ]
  if (preliminary && corrected) throw new NotUnderstoodCommand('Choose one of --preliminary and --corrected.')
  const name = test as ExaminationName
  const canBeCritical = examinations[name].measures.some((it) => 'alarming' in it)
  if (critical && !canBeCritical)
    throw new NotUnderstoodCommand(`--critical: nothing in ${name} can be so. Choose fbc, kidney, liver or crp.`)
  return {
    kind: 'result',
    patient: given.word('patient'),
    test: name,
    status: preliminary ? 'P' : corrected ? 'C' : 'F',
    critical,
    ...given.optional('order'),
    ...given.optional('clinic'),
    ...given.optional('clinician'),
  }
}

function readLetter(given: Given): Order {
  const about = given.text('kind') ?? missing('--kind')
  if (!Object.hasOwn(letterTexts, about))
    throw new NotUnderstoodCommand(`--kind: "${about}" is none of ${Object.keys(letterTexts).join(', ')}.`)
  return {
    kind: 'letter',
    patient: given.word('patient'),
    about: about as keyof typeof letterTexts,
    id: given.text('id') ?? `HL-${randomInt(100_000, 999_999)}`,
    ...given.optional('replace'),
    ...given.optional('pdf'),
    ...given.optional('clinic'),
    ...given.optional('clinician'),
  }
}
