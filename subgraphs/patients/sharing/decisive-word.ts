import { everyOrganisation, type SharingAgreement, Speaker } from './sharing-agreement.entity.ts'
import type { SharingCategory } from './sharing-terms.ts'

export type Word = Pick<
  SharingAgreement,
  'id' | 'organisationCode' | 'category' | 'basis' | 'saidBy' | 'saidAt' | 'until'
>

/**
 * Of all that was said of a category and an organisation, or every one, under every id of a person: the patient's newest
 * word, and when they said nothing the hospital's. So nothing that the hospital says later overrules an objection. Of two said
 * at once, the one that shows less; of two that show the same, the one about the organisation itself.
 * What a partner may see is decided in the same order in shared-by.ts.
 */
export function decisiveWord<W extends Word>(words: readonly W[], category: SharingCategory): W | undefined {
  return words.filter((it) => it.category === category).sort(byWeight)[0]
}

export function isShared(word: Pick<Word, 'basis' | 'until'> | undefined, now: Date): boolean {
  return word?.basis != null && (word.until == null || now < word.until)
}

function byWeight(one: Word, other: Word): number {
  if (one.saidBy !== other.saidBy) return one.saidBy === Speaker.PATIENT ? -1 : 1
  return (
    other.saidAt.getTime() - one.saidAt.getTime() ||
    endOf(one) - endOf(other) ||
    Number(isOfAll(one)) - Number(isOfAll(other)) ||
    (one.id < other.id ? -1 : 1)
  )
}

const endOf = ({ basis, until }: Word) => (basis == null ? 0 : (until?.getTime() ?? Number.MAX_SAFE_INTEGER))
const isOfAll = ({ organisationCode }: Word) => organisationCode === everyOrganisation
