/** The graph takes bodies of 100 KB; a message is far smaller unless something is wrong with it. */
const longest = 80_000

/** The text of a refused message as it is kept: whole, or its beginning with a line that says so, and that no replay can take. */
export function keptText(text: string): string {
  if (sizeInBody(text) <= longest) return text
  let kept = text.slice(0, longest)
  while (sizeInBody(kept) > longest) kept = kept.slice(0, Math.floor(kept.length * 0.8))
  return `${kept}\r... ${text.length - kept.length} more characters were not kept`
}

const sizeInBody = (text: string) => Buffer.byteLength(JSON.stringify(text))
