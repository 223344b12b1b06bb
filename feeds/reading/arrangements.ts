import type { ArrangementInput, ArrangementKind } from '../../client/main.ts'
import type { Hl7Message } from '../hl7/message.ts'
import type { Repetition, Segment } from '../hl7/segment.ts'

/**
 * The transport and interpreters of an appointment. The standard has no place for them, and hospitals use one of these:
 *
 * - AIG, a resource that is no person, service or place: `AIG|1|A|POL^Polish|INTERPRETER`, `AIG|1|A|TRANSPORT^Ambulance car at 9:30am`
 * - AIP, a person whose role is to interpret: `AIP|2|A|^Nowak^Anna|INTERPRETER^Polish interpreter`
 * - NTE, by its type or its first word: `NTE|1||Polish|INTERPRETER`, `NTE|1||Transport: booked`, `NTE|1||Interpreter: none`
 *
 * A message that speaks of any names them all: what it takes away (action code D, "none") and what it leaves unsaid is gone.
 * A message without a word of them changes nothing. What a patient needs (PID-15, PV1-15) is not what has been arranged.
 */
export function readArrangements(message: Hl7Message): ArrangementInput[] | undefined {
  const said = [
    ...message.all('AIG').map(readResource),
    ...message.all('AIP').map(readInterpreter),
    ...message.all('NTE').flatMap(readNotes),
  ].filter((it) => it !== undefined)
  if (said.length === 0) return undefined
  const arranged = said.filter((it) => it.isArranged)
  return arranged
    .filter((it, index) => isFirst(it, index, arranged) && !isVaguer(it, arranged))
    .map(({ kind, detail }) => ({ kind, ...(detail !== undefined && { detail }) }))
}

/** Whether a person of AIP comes to interpret: not a clinician to be shown. */
export const interprets = (aip: Segment): boolean => kindIn(aip.repetitions(4)[0]) === 'INTERPRETER'

interface Said {
  kind: ArrangementKind
  detail: string | undefined
  isArranged: boolean
}

const isFirst = ({ kind, detail }: Said, index: number, all: Said[]) =>
  all.findIndex((it) => it.kind === kind && it.detail === detail) === index
/** "An interpreter" beside "a Polish interpreter" is the same one. */
const isVaguer = ({ kind, detail }: Said, all: Said[]) =>
  detail === undefined && all.some((it) => it.kind === kind && it.detail !== undefined)

const isKept = (segment: Segment) => segment.text(2)?.toUpperCase() !== 'D'

function readResource(aig: Segment): Said | undefined {
  const [resource, type] = [aig.repetitions(3)[0], aig.repetitions(4)[0]]
  const kind = kindIn(type) ?? kindIn(resource)
  if (kind === undefined) return undefined
  return { kind, detail: detailOf(kind, resource?.text(2) ?? resource?.text(1)), isArranged: isKept(aig) }
}

function readInterpreter(aip: Segment): Said | undefined {
  if (!interprets(aip)) return undefined
  const role = aip.repetitions(4)[0]
  return { kind: 'INTERPRETER', detail: detailOf('INTERPRETER', role?.text(2)), isArranged: isKept(aip) }
}

const label = /^(interpreter|transport)(?: (?:booked|arranged))? ?:(.*)$/i

function readNotes(nte: Segment): Said[] {
  const type = kindIn(nte.repetitions(4)[0])
  const lines = nte.repetitions(3).flatMap((it) => it.text()?.split('\n') ?? [])
  return lines.flatMap((line) => {
    const [, first, rest] = label.exec(line.trim()) ?? []
    const kind = kindIn(first) ?? type
    return kind === undefined ? [] : [readWords(kind, (rest ?? line).trim())]
  })
}

const readWords = (kind: ArrangementKind, words: string): Said => ({
  kind,
  detail: /^(?:y|yes|booked|arranged)$/i.test(words) ? undefined : detailOf(kind, words),
  isArranged: !/^(?:n|no|none|nil|not\b.*|cancelled|)$/i.test(words),
})

const marks: [RegExp, ArrangementKind][] = [
  [/\b(?:interp|interpreters?|interpreting|bsl|sign language)\b/i, 'INTERPRETER'],
  [/\b(?:trans|transport|pts|ambulance)\b/i, 'TRANSPORT'],
]

function kindIn(said: Repetition | string | undefined): ArrangementKind | undefined {
  const texts = typeof said === 'string' ? [said] : [said?.text(1), said?.text(2)]
  for (const text of texts) for (const [mark, kind] of marks) if (text !== undefined && mark.test(text)) return kind
  return undefined
}

const languages = new Intl.DisplayNames('en-GB', { type: 'language', fallback: 'none' })
const longestDetail = 200

/** In words fit for the patient: the language of an interpreter, whatever is said of the transport. */
function detailOf(kind: ArrangementKind, said: string | undefined): string | undefined {
  const words = said?.replace(/\s+/g, ' ').trim().slice(0, longestDetail) ?? ''
  if (kind === 'TRANSPORT') return /[a-z]/.test(words) && !/^\w* ?transport$/i.test(words) ? words : undefined
  if (/\bbsl\b|\bsign language\b/i.test(words)) return 'British Sign Language'
  if (/^[a-z]{2,3}$/i.test(words)) return languages.of(words)
  const language = words.replace(/\b(?:interp|interpreters?|interpreting)\b/gi, '').trim()
  return /[a-z]/.test(language) ? language : undefined
}
