import { instantAndId } from '../runtime/page.ts'
import type { Wanted } from './document-filter.ts'
import { DocumentState } from './document-state.ts'
import { isOfPartner } from './partner-id.ts'
import { searchable } from './searchable.ts'
import type { ShownDocument, ShownLetter, ShownResult, ShownSection } from './shown-document.ts'

/** Of all that partners gave, what is wanted: newest first. */
export const wantedOf = (documents: readonly ShownDocument[], wanted: Wanted): ShownDocument[] =>
  documents.filter((it) => isWanted(it, wanted)).sort(newestFirst)

/** What comes after a cursor: of the same moment as one of this hospital's own, all of theirs. */
export function afterCursor(documents: readonly ShownDocument[], cursor: string | undefined): readonly ShownDocument[] {
  if (cursor === undefined) return documents
  const [at, id] = instantAndId(cursor)
  return documents.filter(
    (it) => it.writtenAt < at || (it.writtenAt.getTime() === at.getTime() && (!isOfPartner(id) || it.id < id)),
  )
}

const newestFirst = (one: ShownDocument, other: ShownDocument) =>
  other.writtenAt.getTime() - one.writtenAt.getTime() || (one.id < other.id ? 1 : -1)

function isWanted(document: ShownDocument, { kinds, unread, since, before, words }: Wanted): boolean {
  const isReady = document.state === DocumentState.READY
  return (
    (!kinds || kinds.includes(document.kind)) &&
    (unread === null || (isReady && document.unread === unread)) &&
    (!since || document.writtenAt >= since) &&
    (!before || document.writtenAt < before) &&
    (!words.length || (isReady && saysAll(document, words)))
  )
}

function saysAll(document: ShownDocument, words: readonly string[]): boolean {
  const text = searchable(document.title, ...linesOf(document as ShownLetter | ShownResult))
  return words.every((word) => text.includes(word))
}

const linesOf = (document: ShownLetter | ShownResult): string[] =>
  'sections' in document
    ? linesOfSections(document.sections)
    : [
        ...linesOfSections(document.report),
        ...document.comments,
        ...(document.values ?? []).flatMap(({ name, value, comments }) => [name, value, ...comments]),
      ]

const linesOfSections = (sections: readonly ShownSection[]) =>
  sections.flatMap(({ heading, paragraphs, items }) => [heading, ...paragraphs, ...items])

/** Two lists that are newest first, as one. */
export function merged(own: readonly ShownDocument[], theirs: readonly ShownDocument[]): ShownDocument[] {
  const all: ShownDocument[] = []
  let next = 0
  for (const document of own) {
    for (let it = theirs[next]; it && it.writtenAt > document.writtenAt; it = theirs[++next]) all.push(it)
    all.push(document)
  }
  return [...all, ...theirs.slice(next)]
}
