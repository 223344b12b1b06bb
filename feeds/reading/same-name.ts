import type { PersonNameInput } from '../../client/main.ts'

type Name = Pick<PersonNameInput, 'family' | 'given'>

/** True when the family names are the same, and the first given names, where both have one, begin with the same letter. */
export function isSameName(one: Name, other: Name): boolean {
  const family = plain(one.family)
  if (family === '' || family !== plain(other.family)) return false
  const [initial, otherInitial] = [initialOf(one), initialOf(other)]
  return initial === undefined || otherInitial === undefined || initial === otherInitial
}

const initialOf = ({ given: [first = ''] }: Name): string | undefined => [...plain(first)][0]

/** Small letters only: no accents, hyphens, apostrophes or spaces, which every system keeps in its own way. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[ßæœøłđðþ]/g, (letter) => spelled[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\P{L}/gu, '')

/** Letters that are no letter with an accent to Unicode, as systems without them write them. */
const spelled: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th' }
