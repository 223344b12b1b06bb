import type { CodedNameInput, LetterSectionInput } from '../../client/main.ts'
import type { Segment } from '../hl7/segment.ts'
import { isSnomed, readCodedName } from './coded-name.ts'
import { readParagraphs } from './paragraphs.ts'

/** Text of OBX segments as the sections of a letter: those with the same OBX-3 are one, under its name. */
export function readSections(observations: readonly Segment[], heading: string): LetterSectionInput[] {
  const sections = new Map<string, { heading: string; code?: string; lines: string[] }>()
  for (const obx of observations) {
    const named = readCodedName(obx.repetitions(3)[0])
    const key = named?.code ?? named?.name ?? ''
    const section = sections.get(key) ?? {
      heading: named?.name ?? heading,
      ...(isConcept(named) && { code: named.code }),
      lines: [],
    }
    section.lines.push(...linesOfText(obx))
    sections.set(key, section)
  }
  return Array.from(sections.values(), ({ lines, ...section }) => ({ ...section, ...readParagraphs(lines) })).filter(
    ({ paragraphs, items }) => paragraphs.length + items.length > 0,
  )
}

/** Whether it is named by a concept of SNOMED CT. */
const isConcept = (named: CodedNameInput | undefined): named is CodedNameInput & { code: string } =>
  isSnomed(named?.system ?? undefined) && /^\d{6,18}$/.test(named?.code ?? '')

/** An OBX without a value is an empty line: it parts paragraphs. */
function linesOfText(obx: Segment): string[] {
  const lines = obx.repetitions(5).flatMap((it) => it.words()?.split('\n') ?? [])
  return lines.length > 0 ? lines : ['']
}
