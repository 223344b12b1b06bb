import type { LetterSectionInput, TestObservationInput } from '../../client/main.ts'
import type { Segment } from '../hl7/segment.ts'
import { readCodedName } from './coded-name.ts'
import { readComments } from './comments.ts'
import { defined } from './defined.ts'
import { readEmbeddedPdf } from './embedded-pdf.ts'
import type { Findings } from './findings.ts'
import { readMoment } from './moment.ts'
import { isReadable, isTakenBack, readValue, statusIn, typeOf } from './observation-value.ts'
import type { ObservationGroup, OrderGroup } from './order-groups.ts'
import type { ResultInMessage } from './result.ts'
import { readSections } from './text-sections.ts'
import { readUnit } from './unit.ts'

/** What stands under an OBR: values, a report in words, a PDF. */
export function readPanelContent(
  group: OrderGroup,
  findings: Findings,
): Pick<ResultInMessage, 'observations' | 'report' | 'pdf'> {
  const { faults } = findings
  const isMixed = group.observations.some(({ obx }) => isReadable(obx))
  if (group.observations.some(({ obx }) => !isReadable(obx)))
    (isMixed ? findings.problems : faults).push({ where: 'OBX-2', what: unreadable(group.number) })
  const embedded = withoutTakenBack(
    group.observations.filter(({ obx }) => typeOf(obx) === 'ED'),
    group,
    findings,
  ).map(({ obx }) => obx)
  const others = group.observations.filter(({ obx }) => typeOf(obx) !== 'ED')
  const prose = others.filter((it) => isProse(it, group))
  const report = readReport(prose, group, findings)
  const values = others.filter((it) => !prose.includes(it))
  const observations = readObservations(values, group, findings)
  const hasMore = report.length > 0 || values.some(({ obx }) => isReadable(obx))
  // Values that can be read do not wait for a file that cannot; a file alone is the whole result.
  const pdf = readEmbeddedPdf(embedded, hasMore ? findings.problems : faults)
  if (!hasMore && !pdf && values.length + embedded.length === 0 && !saysNothingCame(group))
    faults.push({ where: 'OBX', what: `nothing stands under OBR ${group.number}. Send its values, or its report.` })
  return { observations, ...(report.length > 0 && { report }), ...defined({ pdf }) }
}

/** Said of such a value in its place. */
const cannotBeShown =
  'The laboratory sent this in a form that cannot be shown here. Ask the team that asked for the test.'

const unreadable = (number: number) =>
  `a value under OBR ${number} is of a type that would be shown wrongly. Send NM, SN, ST, TX, FT, CE, CWE, DT, TS or ED (PDF).`

/** Nothing came of the order, or not yet. */
const saysNothingCame = ({ obr }: OrderGroup) => obr.text(25)?.toUpperCase() === 'X'

const longestValue = 80

/**
 * Words to be read as a report, and not as a value beside others. A critical flag, or a status of their own, has no place in a
 * report: such words stay a value.
 */
function isProse({ obx }: ObservationGroup, { obr, observations }: OrderGroup): boolean {
  const type = typeOf(obx)
  if (!['FT', 'TX', 'ST'].includes(type) || isCritical(obx) || isUnfinished(obx, obr)) return false
  if (type === 'FT') return true
  const code = obx.text(3) ?? obx.text(3, 2)
  const lines = observations.filter((it) => typeOf(it.obx) === type && (it.obx.text(3) ?? it.obx.text(3, 2)) === code)
  const value = readValue(obx)
  return value.includes('\n') || value.length > longestValue || (type === 'TX' && lines.length > 1)
}

const isCritical = (obx: Segment) => obx.repetitions(8).some((it) => /^(AA|HH|LL)$/i.test(it.text() ?? ''))

/** Whether it is preliminary, and the panel is not. */
const isUnfinished = (obx: Segment, obr: Segment) =>
  ['F', 'C'].includes(obr.text(25)?.toUpperCase() ?? '') && ['P', 'R', 'S', 'N', 'O'].includes(statusIn(obx))

function withoutTakenBack(all: ObservationGroup[], { number }: OrderGroup, { problems }: Findings): ObservationGroup[] {
  const kept = all.filter(({ obx }) => !isTakenBack(obx))
  if (kept.length < all.length)
    problems.push({
      where: 'OBX-11',
      what: `a report under OBR ${number}, or a part of it, was taken back and is left out.`,
    })
  return kept
}

function readReport(prose: ObservationGroup[], group: OrderGroup, findings: Findings): LetterSectionInput[] {
  const kept = withoutTakenBack(prose, group, findings)
  const heading = readCodedName(group.obr.repetitions(4)[0])?.name ?? 'Report'
  const sections = readSections(
    kept.map(({ obx }) => obx),
    heading,
  )
  const comments = readComments(kept.flatMap(({ notes }) => notes))
  return comments.length > 0 ? [...sections, { heading: 'Comments', paragraphs: comments, items: [] }] : sections
}

function readObservations(groups: ObservationGroup[], { obr, number }: OrderGroup, findings: Findings) {
  const keys = new Map<string, number>()
  return groups.map((group, index): TestObservationInput => {
    const { obx } = group
    const test = readCodedName(obx.repetitions(3)[0])
    const place = `OBX ${index + 1} under OBR ${number}`
    if (!test) findings.problems.push({ where: 'OBX-3', what: `${place} does not say what was measured.` })
    const status = statusIn(obx) || (obr.text(25)?.toUpperCase() ?? '')
    const base = [test?.code ?? test?.name ?? 'unnamed', obx.text(4)].filter((part) => part !== undefined).join('.')
    const times = (keys.get(base) ?? 0) + 1
    keys.set(base, times)
    const named = {
      key: times === 1 ? base : `${base}#${times}`,
      test: test ?? { name: 'A test the laboratory did not name' },
      status,
    }
    // Deleted, or another patient's: that it is gone goes on, and nothing of what it said.
    if (status === 'D' || status === 'W') return { ...named, value: '' }
    return {
      ...named,
      value: isReadable(obx) ? readValue(obx) : '',
      comments: [...(isReadable(obx) ? [] : [cannotBeShown]), ...readComments(group.notes)],
      ...readCircumstances(obx, findings),
    }
  })
}

function readCircumstances(obx: Segment, { now, problems }: Findings) {
  const flags = obx.repetitions(8).map((it) => it.text())
  // Of several, such as one for men and one for women, it is not ours to choose.
  const ranges = obx.repetitions(7).map((it) => it.words())
  return defined({
    unit: readUnit(obx.repetitions(6)[0]),
    range: ranges.filter((range) => range !== undefined).join('; ') || undefined,
    flag: flags.filter((flag) => flag !== undefined).join('~') || undefined,
    measuredAt: readMoment([{ where: 'OBX-14', value: obx.text(14) }], now, problems)?.toISOString(),
  })
}
