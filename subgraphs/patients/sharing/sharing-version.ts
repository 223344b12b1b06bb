import { createHash } from 'node:crypto'
import { decisiveWord, isShared } from './decisive-word.ts'
import type { SharingAgreement } from './sharing-agreement.entity.ts'
import { sharingCategories } from './sharing-terms.ts'

/** What holds of one organisation, in short: with another word that decides, or when the same one runs out, it is another. */
export function sharingVersion(words: readonly SharingAgreement[], now: Date): string {
  const holding = sharingCategories.map((category) => {
    const word = decisiveWord(words, category)
    return [word?.id ?? null, isShared(word, now)]
  })
  return createHash('sha256').update(JSON.stringify(holding)).digest('base64url')
}
