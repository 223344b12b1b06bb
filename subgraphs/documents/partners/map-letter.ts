import type {
  Attachment,
  Composition,
  CompositionSection,
  DocumentReference,
  Identifier,
  Reference,
  Resource,
} from '@medplum/fhirtypes'
import type { LetterSection } from '../booking-letters/letter-content.ts'
import { codeSystemOf, SNOMED_CT } from '../results/code-system.ts'
import { firstInstant } from './fhir-date.ts'
import { calledBy, codesOf, nameOf, statedVersion, versionsOf } from './fhir-words.ts'
import { kindOfLetter } from './letter-kinds.ts'
import type { PartnerFile, PartnerLetter } from './partner-document.ts'
import { oneLine, paragraphsOf, textOfMarkup } from './plain-text.ts'

const mostSections = 200

/** A Composition as a letter: its sections, whatever stands in them, as text. Undefined when it has no date. */
export function letterOfComposition(composition: Composition): PartnerLetter | undefined {
  const { id = '', title, type, date, status, meta, author, section } = composition
  const writtenAt = firstInstant(date, meta?.lastUpdated)
  if (!writtenAt) return undefined
  return {
    type: 'Composition',
    id,
    kind: kindOfLetter(type),
    title: oneLine(title) || nameOf(type) || 'Letter',
    writtenAt,
    version: statedVersion(meta),
    versions: versionsOf([composition]),
    // FHIR R4: its date is that of its last change.
    correctedAt: status === 'amended' ? writtenAt : null,
    isWithdrawn: status === 'entered-in-error',
    isPreliminary: status === 'preliminary',
    isAnnounced: false,
    pdf: null,
    missing: 0,
    codes: codesOfLetter(composition),
    author: authorsOf(author, composition),
    sections: (section ?? []).flatMap((it) => sectionsOf(it)).slice(0, mostSections),
    names: [`Composition/${id}`, ...namesOf(composition.identifier ? [composition.identifier] : [])],
  }
}

/** A section, and after it those inside of it. */
function sectionsOf({ title, code, text, section, emptyReason }: CompositionSection): LetterSection[] {
  const said = textOfMarkup(text?.div ?? '')
  const coding = codesOf(code).find(({ system }) => codeSystemOf(system) === SNOMED_CT)
  const heading = oneLine(title) || nameOf(code)
  const nothing = said.paragraphs.length || said.items.length ? [] : [nameOf(emptyReason)].filter(Boolean)
  const whole = { heading, code: coding?.code ?? null, paragraphs: [...said.paragraphs, ...nothing], items: said.items }
  const isEmpty = !whole.paragraphs.length && !whole.items.length
  return [...(isEmpty ? [] : [whole]), ...(section ?? []).flatMap((it) => sectionsOf(it))]
}

/** A DocumentReference as a letter: usually a PDF. Undefined for one that was replaced, or has no date. */
export function letterOfReference(reference: DocumentReference): PartnerLetter | undefined {
  const { id = '', description, type, date, status, docStatus, meta, author, content, context } = reference
  const attachments = content.map(({ attachment }) => attachment)
  const writtenAt = firstInstant(
    date,
    ...attachments.map(({ creation }) => creation),
    context?.period?.start,
    meta?.lastUpdated,
  )
  if (status === 'superseded' || !writtenAt) return undefined
  const identifiers = [
    ...(reference.identifier ?? []),
    ...(reference.masterIdentifier ? [reference.masterIdentifier] : []),
  ]
  return {
    type: 'DocumentReference',
    id,
    kind: kindOfLetter(type),
    title: oneLine(description) || nameOf(type) || oneLine(attachments[0]?.title) || 'Letter',
    writtenAt,
    version: statedVersion(meta),
    versions: versionsOf([reference]),
    correctedAt: docStatus === 'amended' ? (firstInstant(meta?.lastUpdated) ?? writtenAt) : null,
    isWithdrawn: status === 'entered-in-error' || docStatus === 'entered-in-error',
    isPreliminary: docStatus === 'preliminary',
    isAnnounced: false,
    pdf: pdfOf(attachments, `DocumentReference/${id}`),
    missing: 0,
    codes: codesOfLetter(reference),
    author: authorsOf(author, reference),
    sections: attachments.flatMap((it) => sectionsOfText(it, 'Letter')),
    names: [...namesOf(identifiers), ...(context?.related ?? []).map(({ reference: it = '' }) => it)].filter(Boolean),
  }
}

const codesOfLetter = ({ type, category }: Composition | DocumentReference) =>
  [type, ...(category ?? [])].flatMap(codesOf)

const namesOf = (identifiers: readonly Identifier[]) =>
  identifiers.filter(({ value }) => value).map(({ system = '', value = '' }) => `${system}|${value}`)

const authorsOf = (authors: readonly Reference[] | undefined, { contained }: { contained?: Resource[] }) =>
  (authors ?? [])
    .map((it) => calledBy(it, contained))
    .filter(Boolean)
    .join(', ') || null

/** That there is a PDF among attachments. Nobody has looked at it yet. */
export const pdfOf = (attachments: readonly Attachment[], inside: string): PartnerFile | null =>
  attachments.some(isPdf) ? { in: inside } : null

export const isPdf = ({ contentType, url, data }: Attachment) =>
  /^application\/pdf\b/i.test(contentType ?? '') && Boolean(url ?? data)

/** What an attachment says that stands in the resource itself as text or as markup. */
export function sectionsOfText({ contentType = '', data, title }: Attachment, otherwise: string): LetterSection[] {
  const text = data === undefined ? '' : Buffer.from(data, 'base64').toString('utf8')
  const isMarkup = /^(text\/html|application\/xhtml\+xml)\b/i.test(contentType)
  if (!text || !(isMarkup || /^text\/plain\b/i.test(contentType))) return []
  const said = isMarkup ? textOfMarkup(text) : { paragraphs: paragraphsOf(text), items: [] }
  return [{ heading: oneLine(title) || otherwise, code: null, ...said }]
}
