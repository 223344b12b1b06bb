/** The log of messages is for reading and taking again, not for files: of a longer message only so much is kept. */
const longest = 80_000

/** Base64, in one line or in several: no word and no name is so long. */
const file = /[A-Za-z0-9+/]{60}[A-Za-z0-9+/=\n\\.]*/g

/**
 * The text of a refused message as it is kept: whole, or without the files in it and, when that is still too long, its beginning. A
 * line at its end says so.
 */
export function keptText(text: string): string {
  if (isShort(text)) return text
  const bare = text.replace(file, (data) => `[a file of ${data.length} characters was not kept]`)
  let kept = bare.slice(0, longest)
  while (!isShort(kept)) kept = kept.slice(0, Math.floor(kept.length * 0.8))
  const left = bare.length - kept.length
  return `${kept}\r${mark}${left === 0 ? 'the files in this message were not kept' : `${left} more characters were not kept`}`
}

const mark = '... '

/** Whether a part of a message is missing from what was kept: it cannot be taken again. */
export const isIncomplete = (kept: string): boolean => /\r\.\.\. [^\r]* not kept$/.test(kept)

const isShort = (text: string) => text.length <= longest && Buffer.byteLength(JSON.stringify(text)) <= longest
