import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { NotInTheBook, type SentDocument } from './book.ts'
import { envelope, named, sendMessage, type Act, type Acts, type Hospital } from './hospital.ts'
import { examinations, measured, type Examination } from './laboratory.ts'
import { replaceLetter, sendLetter, withdrawLetter, type HospitalLetter } from './letter-messages.ts'
import { letterTexts } from './letter-texts.ts'
import { reportResult, type HospitalResult } from './result-messages.ts'

const hourInMs = 60 * 60 * 1000
const someDoctor = 'Dr Priya Shah'

const result: Act<'result'> = async (hospital, order) => {
  const { test, status, critical, clinic: clinicCode, clinician: requestedBy = someDoctor } = order
  const { book, now } = hospital
  const person = named(book.person(order.patient))
  const { panel, department, specimen, measures, report }: Examination = examinations[test]
  const orderNumber = order.order ?? orderNumberFor(hospital, person.hospitalNumber, order)
  const values = measures.map(({ typical, alarming }) =>
    critical && alarming !== undefined ? alarming : varied(typical),
  )
  const sent: HospitalResult = {
    orderNumber,
    panel,
    department,
    specimen,
    status,
    requestedBy,
    clinicCode,
    collectedAt: new Date(now().getTime() - 3 * hourInMs),
    reportedAt: now(),
    values: measured(test, values),
    report,
    comments: comments[status],
  }
  const exit = await sendMessage(hospital, reportResult(person, sent, envelope(hospital)))
  if (exit !== 0) return exit
  book.remember({ document: { id: orderNumber, hospitalNumber: person.hospitalNumber, test } })
  hospital.print(`\n${panel.name} ${orderNumber} was sent.\n`)
  hospital.print(`Next: npm run hospital -- result ${person.hospitalNumber} --test ${test} --corrected   or   `)
  hospital.print(`npm run hospital -- withdraw-document ${orderNumber}\n`)
  return exit
}

const comments = { F: [], P: ['Further values will follow.'], C: ['Corrected: please use these values only.'] }

/** What was said before of the same test is corrected, and what was preliminary becomes final: under the number it has. */
function orderNumberFor(
  { book }: Hospital,
  hospitalNumber: string,
  { test, status }: Parameters<typeof result>[1],
): string {
  const last = book.documents.findLast((it) => it.hospitalNumber === hospitalNumber && it.test === test)
  if (status === 'C' && !last)
    throw new NotInTheBook(`The hospital's book has no ${test} of ${hospitalNumber} to correct. Name one with --order.`)
  return status === 'C' && last ? last.id : `HR-${randomInt(100_000, 999_999)}`
}

/** About as usual, and never quite the same twice. */
function varied(typical: number | string): number | string {
  if (typeof typical === 'string') return typical
  const value = typical * (1 + randomInt(-30, 31) / 1000)
  return Number(value.toFixed(typical < 20 ? 1 : 0))
}

const letter: Act<'letter'> = async (hospital, { patient, about, id, replace, pdf, clinic, clinician }) => {
  const { book, now } = hospital
  const person = named(book.person(patient))
  const { title, sections } = letterTexts[about]
  const sent: HospitalLetter = {
    id,
    kind: about,
    title,
    author: clinician ?? someDoctor,
    writtenAt: now(),
    clinicCode: clinic,
    ...(pdf === undefined ? { sections } : { pdf: { base64: base64Of(pdf), fileName: basename(pdf) } }),
  }
  const message =
    replace === undefined
      ? sendLetter(person, sent, envelope(hospital))
      : replaceLetter(person, sent, replace, envelope(hospital))
  const exit = await sendMessage(hospital, message)
  if (exit !== 0) return exit
  book.remember({ document: { id, hospitalNumber: person.hospitalNumber } })
  hospital.print(`\n${title} ${id} was sent.\n`)
  hospital.print(`Next: npm run hospital -- letter ${person.hospitalNumber} --kind ${about} --replace ${id}   or   `)
  hospital.print(`npm run hospital -- withdraw-document ${id}\n`)
  return exit
}

function base64Of(file: string): string {
  try {
    return readFileSync(file).toString('base64')
  } catch {
    throw new NotInTheBook(`${file} cannot be read. Give the path of a PDF.`)
  }
}

const withdraw: Act<'withdraw-document'> = async (hospital, { id, patient }) => {
  const known = hospital.book.documents.find((it) => it.id === id)
  const asked = patient ?? known?.hospitalNumber
  if (asked === undefined)
    throw new NotInTheBook(
      `The hospital's book has no document ${id}. See: npm run hospital -- list. Or say whose letter it is with --patient.`,
    )
  const person = named(hospital.book.person(asked))
  if (known?.test === undefined) return sendMessage(hospital, withdrawLetter(person, id, envelope(hospital)))
  return sendMessage(hospital, reportResult(person, takenBack(hospital, known.test, known), envelope(hospital)))
}

/** The result under its number, with the word that there is none. */
function takenBack({ now }: Hospital, test: NonNullable<SentDocument['test']>, { id }: SentDocument): HospitalResult {
  const { panel, department } = examinations[test]
  return { orderNumber: id, panel, department, status: 'X', collectedAt: now(), reportedAt: now() }
}

/** What is done with test results and letters. */
export const documentActs: Acts<'result' | 'letter' | 'withdraw-document'> = {
  result,
  letter,
  'withdraw-document': withdraw,
}
