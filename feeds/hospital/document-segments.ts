import { type Cell, writeSegment as segment, writeText as text } from '../hl7/writing.ts'

/** A code, and whose it is: LN for LOINC, SCT for SNOMED CT, L for the hospital's own. */
export interface HospitalCode {
  readonly code: string
  readonly name: string
  readonly system: 'LN' | 'SCT' | 'L'
}

/** A part of a letter or report: a heading, its code when the professional record standards have one, and what it says. */
export interface HospitalSection {
  readonly heading: string
  /** SNOMED CT. */
  readonly code?: string | undefined
  readonly paragraphs?: readonly string[] | undefined
  readonly items?: readonly string[] | undefined
}

/** Of which clinic, and of which appointment or stay. */
export interface HospitalVisit {
  readonly clinicCode?: string | undefined
  readonly visit?: string | undefined
}

/** A code as a field has it. */
export const writeCode = ({ code, name, system }: HospitalCode): string => `${text(code)}^${text(name)}^${system}`

/** PV1, when it is known where it belongs. */
export const visitSegment = ({ clinicCode, visit }: HospitalVisit): string[] =>
  clinicCode === undefined && visit === undefined
    ? []
    : [segment('PV1', { 1: '1', 2: 'O', 10: text(clinicCode), 19: visit && `${text(visit)}^^^VISITID` })]

/** OBX fields without their number. */
export type Observation = Record<number, Cell>

/** OBX segments, numbered from 1. */
export const observationSegments = (observations: readonly Observation[]): string[] =>
  observations.map((fields, index) => segment('OBX', { 1: String(index + 1), ...fields }))

/** The lines of a section, each an OBX under its heading; an empty one parts paragraphs. */
export function textObservations(section: HospitalSection, status: string): Observation[] {
  const { heading, code, paragraphs = [], items = [] } = section
  const name = code === undefined ? `${text(heading)}^${text(heading)}^L` : `${code}^${text(heading)}^SCT`
  const lines = [...paragraphs.flatMap((it) => [it, '']), ...items.map((it) => `- ${it}`)]
  return lines.map((line) => ({ 2: 'FT', 3: name, 5: text(line), 11: status }))
}

/** A PDF inside the message. */
export const pdfObservation = (base64: string, status: string): Observation => ({
  2: 'ED',
  3: 'PDF^Document^L',
  5: `^application^pdf^Base64^${base64}`,
  11: status,
})
