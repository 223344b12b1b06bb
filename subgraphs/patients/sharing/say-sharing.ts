import { randomUUID } from 'node:crypto'
import type { Context } from '../../runtime/context.ts'
import { serialise } from '../../runtime/serialise.ts'
import { decisiveWord } from './decisive-word.ts'
import { SharingAgreement, Speaker } from './sharing-agreement.entity.ts'
import type { SharingBasis, SharingCategory } from './sharing-terms.ts'

/** What was said last under each of a person's ids. */
export const liveWords = ({ em }: Context, patientIds: readonly string[]): Promise<SharingAgreement[]> =>
  em.find(SharingAgreement, { patientId: { $in: [...patientIds] }, endedAt: null })

/** What was said last, to be changed: whoever else wants to waits until this transaction is over. */
export async function wordsToChange(context: Context, patientIds: readonly string[]): Promise<SharingAgreement[]> {
  await serialise(context.em, `sharing:${patientIds[0] ?? ''}`)
  return liveWords(context, patientIds)
}

/** A new word on one category, by the patient or by the hospital. */
export interface NewWord {
  category: SharingCategory
  basis: SharingBasis | null
  until: Date | null
}

/** Whose word it is, about whom, and when. */
export interface Under {
  patientId: string
  organisationCode: string
  saidBy: Speaker
  /** What is newer is decided by this. */
  saidAt: Date
  /** From when it holds, when it is not what held before. */
  since: Date
}

/** When the patient says it: after all that they said before, also when the clock was set back since. */
export function saidByPatient(
  now: Date,
  known: readonly SharingAgreement[],
): Pick<Under, 'saidBy' | 'saidAt' | 'since'> {
  const said = known.filter((it) => it.saidBy === Speaker.PATIENT).map((it) => it.saidAt.getTime() + 1)
  return { saidBy: Speaker.PATIENT, saidAt: new Date(Math.max(now.getTime(), ...said)), since: now }
}

/**
 * Says each word, under one id. What is said again stays as it is, as of now; anything else takes the place of what was said
 * under that id of that organisation, which ends. What held there because it was said of every organisation goes on since then.
 */
export async function saySharing(
  { em, clock, viewer }: Context,
  { since, ...under }: Under,
  words: readonly NewWord[],
  known: readonly SharingAgreement[],
): Promise<void> {
  const { patientId, organisationCode, saidBy, saidAt } = under
  const fresh: (NewWord & { since: Date })[] = []
  for (const word of words) {
    const last = decisiveWord(known, word.category)
    const own = known.find(
      (it) => it.patientId === patientId && it.organisationCode === organisationCode && it.category === word.category,
    )
    const again = last?.patientId === patientId && last.says({ ...word, saidBy }) ? last : undefined
    if (own && own === again) own.saidAt = saidAt
    else {
      own?.end(clock.now())
      fresh.push({ ...word, since: again?.since ?? since })
    }
  }
  // What ends comes first: there is one live word at a time.
  await em.flush()
  for (const word of fresh)
    em.create(SharingAgreement, { id: randomUUID(), ...under, ...word, actorId: viewer.actorId })
  await em.flush()
}
