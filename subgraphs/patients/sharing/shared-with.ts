import type { Context } from '../../runtime/context.ts'
import { decisiveWord, isShared, type Word } from './decisive-word.ts'
import { SharingAgreement } from './sharing-agreement.entity.ts'
import { sharingCategories, type SharingCategory } from './sharing-terms.ts'

/** What an organisation may see now of the person whose record has had these ids. As much work for nobody as for somebody. */
export async function sharedWith(
  { em, clock }: Context,
  organisationCode: string,
  patientIds: readonly string[],
): Promise<SharingCategory[]> {
  // Facts and not rows, and so not filtered: whether this partner may see a row of theirs is what is being found out.
  const words = await em
    .createQueryBuilder(SharingAgreement)
    .select(['category', 'basis', 'saidBy', 'saidAt', 'until'])
    .where({ patientId: { $in: patientIds.length ? patientIds : [nobody] }, organisationCode, endedAt: null })
    .execute<Word[]>('all')
  return sharingCategories.filter((it) => isShared(decisiveWord(words, it), clock.now()))
}
const nobody = ''
