import { dayInWords, timeInWords } from '../../runtime/dates-in-words.ts'
import { londonDate } from '../../runtime/london.ts'
import type { Copy } from './kept-copies.ts'
import type { PartnerSource } from './partner-source.ts'
import { type RecordSource, RecordSourceStatus } from './record-source.type.ts'

/** How a partner answered for one person, before anybody is told. */
export type Standing =
  | { readonly status: RecordSourceStatus.AVAILABLE | RecordSourceStatus.STALE; readonly copy: Copy }
  | { readonly status: RecordSourceStatus.UNAVAILABLE | RecordSourceStatus.WITHHELD }
  | { readonly status: RecordSourceStatus.NOT_LINKED; readonly hasNumber: boolean }

/** A partner as a source of records, with words for the person about anything that is not as usual. */
export function sourceOf({ code, name, shortName }: PartnerSource, standing: Standing, now: Date): RecordSource {
  const copy = 'copy' in standing ? standing.copy : undefined
  return {
    trustCode: code,
    trustName: name,
    shortName,
    own: false,
    status: standing.status,
    asOf: copy?.fetchedAt ?? null,
    setAside: copy?.setAside ?? 0,
    message: [...wordsFor(standing, shortName, now)].join(' ') || null,
  }
}

function* wordsFor(standing: Standing, shortName: string, now: Date): Generator<string> {
  switch (standing.status) {
    case RecordSourceStatus.UNAVAILABLE:
      yield `${shortName} records are temporarily unavailable. Try again in a few minutes.`
      return
    case RecordSourceStatus.WITHHELD:
      yield `${shortName} does not share your records here. Contact ${shortName} if you want to know why.`
      return
    case RecordSourceStatus.NOT_LINKED:
      yield standing.hasNumber
        ? `${shortName} has no records under your NHS number and date of birth.`
        : `We cannot ask ${shortName} for your records, because your hospital record has no NHS number. Contact us to add it.`
      return
    case RecordSourceStatus.STALE:
      yield `${shortName} records are temporarily unavailable. Last updated ${momentInWords(standing.copy.fetchedAt, now)}.`
      yield* wordsAbout(standing.copy, shortName)
      return
    case RecordSourceStatus.AVAILABLE:
      yield* wordsAbout(standing.copy, shortName)
      return
    default:
      return standing satisfies never
  }
}

function* wordsAbout({ setAside, cut }: Copy, shortName: string): Generator<string> {
  if (setAside)
    yield `${setAside === 1 ? '1 record' : `${setAside} records`} of ${shortName} could not be read and ${setAside === 1 ? 'is' : 'are'} not shown. Contact ${shortName} about ${setAside === 1 ? 'it' : 'them'}.`
  if (cut) yield `${shortName} has older records of you that are not shown here. Contact ${shortName} about them.`
}

/** "10:32am", and the day too when it was not today. */
const momentInWords = (at: Date, now: Date) =>
  londonDate(at) === londonDate(now) ? timeInWords(at) : `${timeInWords(at)} on ${dayInWords(at)}`
