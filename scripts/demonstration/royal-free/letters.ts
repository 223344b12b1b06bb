import { createHash } from 'node:crypto'
import type { Binary, CodeableConcept, Composition, DocumentReference } from '@medplum/fhirtypes'
import { letterPdf } from '../letter-pdf.ts'
import { daysAgo } from './moments.ts'
import { about, type PersonThere } from './person.ts'

const snomed = (code: string, display: string): CodeableConcept => ({
  coding: [{ system: 'http://snomed.info/sct', code, display }],
  text: display,
})

/** The types of letters, as SNOMED CT names them. */
export const letterTypes = {
  outcome: snomed('823681000000100', 'Outpatient letter'),
  discharge: snomed('373942005', 'Discharge summary'),
}

const custodian = {
  identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'RAL' },
  display: 'Royal Free London NHS Foundation Trust',
}

/** A heading of the professional record standards (PRSB), and what stands under it. */
export interface Section {
  readonly heading: string
  readonly code: string
  readonly paragraphs?: readonly string[]
  readonly items?: readonly string[]
}

export interface Letter {
  readonly id: string
  readonly days: number
  readonly type: keyof typeof letterTypes
  readonly title: string
  readonly author: string
}

/** A letter in parts with headings, as text that any browser shows. */
export function writtenLetter(person: PersonThere, letter: Letter, sections: readonly Section[]): Composition {
  const { id, days, type, title, author } = letter
  return {
    resourceType: 'Composition',
    id,
    meta: { profile: ['https://fhir.hl7.org.uk/StructureDefinition/UKCore-Composition'] },
    status: 'final',
    type: letterTypes[type],
    subject: about(person),
    date: daysAgo(days, '16:05'),
    author: [{ display: author }],
    title,
    custodian,
    section: sections.map(({ heading, code, paragraphs = [], items = [] }) => ({
      title: heading,
      code: snomed(code, heading),
      text: { status: 'generated', div: division(paragraphs, items) },
    })),
  }
}

function division(paragraphs: readonly string[], items: readonly string[]): string {
  const list = items.length > 0 ? `<ul>${items.map((it) => `<li>${escaped(it)}</li>`).join('')}</ul>` : ''
  const text = paragraphs.map((it) => `<p>${escaped(it)}</p>`).join('')
  return `<div xmlns="http://www.w3.org/1999/xhtml">${text}${list}</div>`
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A letter that is a PDF, and where it is found. */
export async function letterAsPdf(
  person: PersonThere,
  letter: Letter,
  paragraphs: readonly string[],
): Promise<[DocumentReference, Binary]> {
  const { id, days, type, title, author } = letter
  const date = daysAgo(days, '16:05')
  const file = await letterPdf({ from: custodian.display, title, paragraphs: [...paragraphs, author] })
  const binary: Binary = {
    resourceType: 'Binary',
    id: `${id}-pdf`,
    contentType: 'application/pdf',
    data: file.toString('base64'),
  }
  const attachment = {
    contentType: binary.contentType,
    language: 'en-GB',
    url: `Binary/${binary.id}`,
    title,
    size: file.length,
    hash: createHash('sha1').update(file).digest('base64'),
    creation: date,
  }
  const reference: DocumentReference = {
    resourceType: 'DocumentReference',
    id,
    meta: { profile: ['https://fhir.hl7.org.uk/StructureDefinition/UKCore-DocumentReference'] },
    status: 'current',
    docStatus: 'final',
    type: letterTypes[type],
    subject: about(person),
    date,
    author: [{ display: author }],
    custodian,
    description: title,
    content: [{ attachment }],
  }
  return [reference, binary]
}
