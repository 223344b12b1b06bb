/** HTML that is safe to put into a page as it is. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Piece = Markup | string | number | undefined | readonly Piece[]

/** HTML from a template: what is put in is escaped, unless it is HTML made the same way. */
export const html = (strings: TemplateStringsArray, ...pieces: Piece[]): Markup =>
  new Markup(strings.reduce((text, string, index) => text + rendered(pieces[index - 1]) + string))

function rendered(piece: Piece): string {
  if (piece === undefined) return ''
  if (piece instanceof Markup) return piece.text
  if (typeof piece === 'object') return piece.map(rendered).join('')
  return String(piece).replace(/[&<>"']/g, (it) => `&#${it.charCodeAt(0)};`)
}

/** Words of a description: what stands in backticks is code. */
export const prose = (words: string | null | undefined): Markup =>
  html`${(words ?? '').split('`').map((part, index) => (index % 2 ? html`<code>${part}</code>` : part))}`
