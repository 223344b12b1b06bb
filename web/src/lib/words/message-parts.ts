/** A piece of a message: plain words, or an address to follow. */
export type MessagePart = { words: string } | { address: string }

/** A message cut into words and web addresses, so that a page can show the addresses as links and the rest as text. */
export function messageParts(body: string): MessagePart[] {
  const parts: MessagePart[] = []
  let from = 0
  for (const { 0: match, index } of body.matchAll(/https?:\/\/\S+/g)) {
    const address = match.replace(/[.,;:!?)\]]+$/, '')
    if (index > from) parts.push({ words: body.slice(from, index) })
    parts.push({ address })
    from = index + address.length
  }
  if (from < body.length) parts.push({ words: body.slice(from) })
  return parts
}

/** The security code in a message, if it carries one. */
export function codeIn(body: string): string | undefined {
  return /\b(\d{6}) is your\b/.exec(body)?.[1]
}
