import { isObjectType } from 'graphql'
import type { GraphQLNamedType } from 'graphql'
import { links, rootEntry, typeEntry } from './entry.ts'
import { fieldsIn, type Group, groupsOf, type Listing } from './listing.ts'
import { html, type Markup, prose } from './markup.ts'
import { usesIn } from './uses.ts'

export interface ReaderPage {
  title: string
  who: string
  listing: Listing
  /** Whether what each scope opens is told first. */
  withScopes: boolean
}

/** Everything one reader may use, on one page: the browser's own search finds any of it. */
export function readerPage({ title, who, listing, withScopes }: ReaderPage): Markup {
  const roots = rootsOf(listing)
  const groups = groupsOf(listing)
  const uses = usesIn(listing)
  return html`<div class="columns">
    <main id="main">
      <h1>${title}</h1>
      <p>${prose(who)}</p>
      <p class="to-contents"><a href="#contents">Contents</a></p>
      ${withScopes ? scopes(listing) : undefined}
      ${roots.map(({ title: chapter, type }) =>
        chapterOf(
          chapter,
          fieldsIn(listing, type).map((it) => rootEntry(listing, type, it)),
        ),
      )}
      ${groups.map(({ title: chapter, types }) =>
        chapterOf(
          chapter,
          types.map((it) => typeEntry(listing, it, uses.get(it.name) ?? [])),
        ),
      )}
    </main>
    ${contents(listing, roots, groups)}
  </div>`
}

interface Root {
  title: string
  type: GraphQLNamedType
}

const rootsOf = (listing: Listing): Root[] =>
  [
    { title: 'Queries', type: listing.schema.getQueryType() },
    { title: 'Mutations', type: listing.schema.getMutationType() },
  ].flatMap(({ title, type }) => (type && fieldsIn(listing, type).length > 0 ? [{ title, type }] : []))

const chapterOf = (title: string, entries: readonly Markup[]): Markup =>
  html`<section>
    <h2 id="${title}">${title}</h2>
    ${entries}
  </section>`

/** What each scope opens to a partner that was given it: a whole type, or some of its fields. */
function scopes(listing: Listing): Markup {
  const opened = new Map<string, string[]>()
  for (const name of [...listing.reach.keys()].sort()) {
    const type = listing.schema.getType(name)
    const fields = isObjectType(type) ? fieldsIn(listing, type).map((it) => it.name) : []
    const needing = (scope: string) =>
      fields.filter((it) => listing.rules.get(`${name}.${it}`)?.scopes.includes(scope)).map((it) => `${name}.${it}`)
    for (const scope of new Set(fields.flatMap((it) => listing.rules.get(`${name}.${it}`)?.scopes ?? []))) {
      const places = needing(scope)
      opened.set(scope, [...(opened.get(scope) ?? []), ...(places.length === fields.length ? [name] : places)])
    }
  }
  const rows = [...opened].sort().map(
    ([scope, places]) =>
      html`<dt><code>${scope}</code></dt>
        <dd>${links(places)}</dd>`,
  )
  return html`<h2 id="Scopes">Scopes</h2>
    <p>What each scope opens: whole types, or some of their fields. What is not named here needs none.</p>
    <dl class="scopes">${rows}</dl>`
}

/** After what it lists, so that a small screen shows the matter first; a wide one shows it beside. */
function contents(listing: Listing, roots: readonly Root[], groups: readonly Group[]): Markup {
  const chapter = (title: string, items: readonly Markup[]) =>
    html`<h3><a href="#${title}">${title}</a></h3>
      <ul>
        ${items}
      </ul>`
  return html`<nav id="contents" aria-label="Contents">
    <h2>Contents</h2>
    ${roots.map(({ title, type }) =>
      chapter(
        title,
        fieldsIn(listing, type).map((it) => html`<li><a href="#${type.name}.${it.name}">${it.name}</a></li>`),
      ),
    )}
    ${groups.map(({ title, types }) =>
      chapter(
        title,
        types.map((it) => html`<li><a href="#${it.name}">${it.name}</a></li>`),
      ),
    )}
  </nav>`
}
