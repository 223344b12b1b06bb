/**
 * Base64 that somebody broke into lines, as e-mail does, put together again: line ends mean nothing in it. Only after an OBX that
 * says it holds such data (type ED); any other broken line would put a value in the wrong place and stays for the refusal.
 */
export function joinEmbedded(lines: readonly string[], field: string): string[] {
  if (!lines.some((line) => isEmbedded(line, field))) return [...lines]
  const joined: string[][] = []
  let isInside = false
  for (const line of lines) {
    if (isInside && isRest(line, field)) joined.at(-1)?.push(line)
    else {
      joined.push([line])
      isInside = isEmbedded(line, field)
    }
  }
  return joined.map((parts) => parts.join(''))
}

const isEmbedded = (line: string, field: string) =>
  line.startsWith(`OBX${field}`) && line.slice(0, 200).split(field)[2]?.trim().toUpperCase() === 'ED'

/** More base64, and with its last line the rest of the segment. A segment has a name of three signs, and then the separator. */
function isRest(line: string, field: string): boolean {
  const end = line.indexOf(field)
  const data = (end < 0 ? line : line.slice(0, end)).trim()
  return /^[A-Za-z0-9+/]+={0,2}$/.test(data) && !/^[A-Z][A-Z0-9]{2}$/.test(data)
}
