import {
  type Envelope,
  examinations,
  type Examination,
  type HospitalLetter,
  type HospitalPerson,
  measured,
  reportResult,
  sendLetter,
} from '../../feeds/main.ts'
import { londonInstant, plusDays } from '../../subgraphs/runtime/london.ts'
import { birthDate, today } from './calendar.ts'
import { letterPdf, letterPdfWithScript } from './letter-pdf.ts'
import { type DemonstrationLetter, letters } from './letters.ts'
import { people } from './people.ts'
import { type DemonstrationResult, results } from './results.ts'

/** The hospital's messages of test results and letters, in the order in which it sent them. */
export async function documentMessages(envelope: () => Envelope): Promise<string[]> {
  const reported = results.map((result) => resultMessage(result, envelope()))
  const written = []
  for (const letter of letters) written.push(await letterMessage(letter, envelope()))
  return [...reported, ...written]
}

/** The number and the date of birth: a number alone says of nobody whose a result is. */
function identified(hospitalNumber: string): HospitalPerson {
  const person = people.find((it) => it.hospitalNumber === hospitalNumber)
  return { hospitalNumber, bornOn: person && birthDate(person.born) }
}

function resultMessage(result: DemonstrationResult, envelope: Envelope): string {
  const { order, hospitalNumber, test, days, values = [], status = 'F', requestedBy, clinic, comment } = result
  const { panel, department, specimen, report }: Examination = examinations[test]
  return reportResult(
    identified(hospitalNumber),
    {
      orderNumber: order,
      panel,
      department,
      specimen,
      status,
      requestedBy,
      clinicCode: clinic,
      collectedAt: before(days, '08:40'),
      reportedAt: before(days, '16:10'),
      values: measured(test, values),
      report,
      comments: comment === undefined ? [] : [comment],
    },
    envelope,
  )
}

async function letterMessage(letter: DemonstrationLetter, envelope: Envelope): Promise<string> {
  const { hospitalNumber, days, clinic: clinicCode, visit, sections, pdf, ...names } = letter
  const sent: HospitalLetter = {
    ...names,
    writtenAt: before(days, '15:30'),
    clinicCode,
    visit,
    sections,
    ...(pdf && { pdf: { base64: await pdfOf(letter, pdf), fileName: `${letter.id}.pdf` } }),
  }
  return sendLetter(identified(hospitalNumber), sent, envelope)
}

async function pdfOf(
  { title, author }: DemonstrationLetter,
  { paragraphs, hasScript = false }: NonNullable<DemonstrationLetter['pdf']>,
): Promise<string> {
  const print = hasScript ? letterPdfWithScript : letterPdf
  const file = await print({
    from: 'West Hertfordshire Teaching Hospitals NHS Trust',
    title,
    paragraphs: [...paragraphs, author],
  })
  return file.toString('base64')
}

const before = (days: number, time: string) => londonInstant(plusDays(today(), -days), time)
