import { randomUUID } from 'node:crypto'
import type { Context } from '../../runtime/context.ts'
import { serialise } from '../../runtime/serialise.ts'
import { decisiveWord } from './decisive-word.ts'
import { SharingAgreement, type Speaker } from './sharing-agreement.entity.ts'
import type { SharingBasis, SharingCategory } from './sharing-terms.ts'

/** What was said last under each of a person's ids. */
export const liveWords = ({ em }: Context, patientIds: readonly string[]): Promise<SharingAgreement[]> =>
  em.find(SharingAgreement, { patientId: { $in: [...patientIds] }, endedAt: null })

/** What was said last of one organisation, to be changed: whoever else wants to waits until this transaction is over. */
export async function wordsToChange(
  context: Context,
  patientIds: readonly string[],
  organisationCode: string,
): Promise<SharingAgreement[]> {
  await serialise(context.em, `sharing:${patientIds[0] ?? ''}`)
  return (await liveWords(context, patientIds)).filter((it) => it.organisationCode === organisationCode)
}

/** A new word on one category, by the patient or by the hospital. */
export interface NewWord {
  category: SharingCategory
  basis: SharingBasis | null
  until: Date | null
}

/**
 * Says each word, under one id. What is said again stays as it is, as of now; anything else takes the place of what was said
 * under that id, which ends.
 */
export async function saySharing(
  { em, clock, viewer }: Context,
  under: { patientId: string; organisationCode: string; saidBy: Speaker; saidAt: Date },
  words: readonly NewWord[],
  known: readonly SharingAgreement[],
): Promise<void> {
  const fresh: NewWord[] = []
  for (const word of words) {
    const own = known.find((it) => it.patientId === under.patientId && it.category === word.category)
    if (own && own === decisiveWord(known, word.category) && own.says({ ...word, saidBy: under.saidBy }))
      own.saidAt = under.saidAt
    else {
      own?.end(clock.now())
      fresh.push(word)
    }
  }
  // What ends comes first: there is one live word at a time.
  await em.flush()
  for (const word of fresh) {
    const { saidAt } = under
    em.create(SharingAgreement, { id: randomUUID(), ...under, ...word, actorId: viewer.actorId, since: saidAt })
  }
  await em.flush()
}
