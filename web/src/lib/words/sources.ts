import type { RecordSourceFragment } from '#lib/graph/index.ts'
import { dayAndDate } from './dates.ts'
import { time } from './times.ts'

type Source = Pick<RecordSourceFragment, 'shortName' | 'status' | 'asOf' | 'setAside' | 'message'>

/** What has to be said about the records of a hospital; nothing when all of them are shown and fresh. */
export function sourceNotice(source: Source, now: Date): string | undefined {
  if (source.message !== null) return source.message
  switch (source.status) {
    case 'AVAILABLE':
      return leftOut(source)
    case 'STALE':
      return `${source.shortName} records are temporarily unavailable. ${updated(source, now)}`
    case 'UNAVAILABLE':
      return `${source.shortName} records are temporarily unavailable. They are not in this list.`
    case 'NOT_LINKED':
      return `${source.shortName} has no records that it knows to be yours.`
    case 'WITHHELD':
      return `${source.shortName} records are not shown, because they did not match your details for certain.`
    default:
      return source.status satisfies never
  }
}

/** Whether what this hospital holds is in the list, so that an empty list means that there is nothing. */
export function isShown({ status }: Pick<Source, 'status'>): boolean {
  return status === 'AVAILABLE' || status === 'STALE'
}

function updated({ asOf }: Source, now: Date): string {
  if (asOf === null) return 'What you see may not be up to date.'
  const today = dayAndDate(asOf) === dayAndDate(now)
  return `Last updated ${time(asOf)}${today ? '' : ` on ${dayAndDate(asOf)}`}.`
}

function leftOut({ setAside, shortName }: Source): string | undefined {
  if (setAside === 0) return undefined
  return setAside === 1
    ? `1 record of ${shortName} could not be read and is not shown.`
    : `${setAside} records of ${shortName} could not be read and are not shown.`
}
