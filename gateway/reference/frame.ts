import { html, type Markup } from './markup.ts'
import { readers } from './reader.ts'

export interface Page {
  /** Its file, in the one folder of the reference. */
  file: string
  /** What it is called among the others. */
  name: string
}

export const pages: readonly Page[] = [
  { file: 'index.html', name: 'Start' },
  ...readers.map(({ folder, name }) => ({ file: `${folder}.html`, name: `For ${name}` })),
  { file: 'everything.html', name: 'Everything' },
]

interface Framed extends Page {
  /** Where the sandbox is, seen from a page; none for a reference that stands by itself. */
  sandbox: string | undefined
  body: Markup
}

/** A whole page: the same head, links to the others, and what it says. Nothing in it needs a script. */
export const framed = ({ file, name, sandbox, body }: Framed): string =>
  html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${name} – Reference of the Patient Portal graph</title>
        <link rel="stylesheet" href="reference.css" />
      </head>
      <body>
        <a class="skip" href="#main">Skip to main content</a>
        <header>
          <p class="title">Reference of the graph</p>
          <nav aria-label="Pages">
            <ul>
              ${pages.map((it) => link(it, file))}
              ${sandbox === undefined ? undefined : html`<li><a href="${sandbox}">Sandbox</a></li>`}
            </ul>
          </nav>
        </header>
        ${body}
      </body>
    </html> `.text

const link = ({ file, name }: Page, current: string): Markup =>
  html`<li><a href="${file}" ${file === current ? html`aria-current="page"` : undefined}>${name}</a></li> `
