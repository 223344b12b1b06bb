/** What is wrong with a field of something that the hospital sent, and what to do. */
export type Fault = [field: string, message: string]

/** A field that must say something, and not a whole page. */
export function* said(field: string, text: string, longest: number): Generator<Fault> {
  if (!text.trim()) yield [field, 'is empty. Send it.']
  yield* short(field, text, longest)
}

/** A field that may be left out. */
export function* short(field: string, text: string | null | undefined, longest: number): Generator<Fault> {
  if (text && text.length > longest) yield [field, `is longer than ${longest} characters. Send what it is called.`]
}

/** A clock that is wrong by a century would put a document where nobody finds it. */
export function* ofOurTime(field: string, at: Date | null | undefined): Generator<Fault> {
  const year = at?.getUTCFullYear() ?? 2000
  if (!(year >= 1900 && year < 2200))
    yield [field, 'is not in the years 1900 to 2199. Check the clock, or the format of the date.']
}
