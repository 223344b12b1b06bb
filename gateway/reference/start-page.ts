import { fieldsIn, type Listing } from './listing.ts'
import { html, type Markup, prose } from './markup.ts'
import { readers } from './reader.ts'

/** Where a developer begins: who they are to the graph, how it is asked, and what it says when it refuses. */
export const startPage = (listings: ReadonlyMap<string, Listing>): Markup =>
  html`<main id="main">
    <h1>Reference of the Patient Portal graph</h1>
    <p>
      One GraphQL graph over appointments, letters, test results and messages. What you may ask depends on who asks:
      choose, and the page shows nothing but yours.
    </p>
    <h2>Who asks</h2>
    <dl class="readers">
      ${readers.map(({ role, folder, name, who }) => reader(listings.get(role), `${folder}.html`, name, who))}
    </dl>
    <p><a href="everything.html">Everything</a> lists every type, and says for each field who may use it.</p>
    <h2>How it is asked</h2>
    <p>
      With <code>POST</code> and JSON, at <code>/graphql</code>: <code>{"query", "variables", "operationName"}</code>. A
      token goes into the header <code>authorization: Bearer …</code>. Lists come in pages of 50 at most: ask again with
      <code>after</code> and the <code>endCursor</code> of the page before.
    </p>
    <p>
      What can go wrong with a mutation is part of its answer: a union, to be read by <code>__typename</code>. Whatever
      implements <a href="everything.html#Problem">Problem</a> has a <code>message</code> for the person. Expect more of
      them in time: treat one you do not know by its message.
    </p>
    <h2>Errors</h2>
    <p>In <code>errors[].extensions.code</code>:</p>
    <dl>
      ${Object.entries(codes).map(
        ([code, meaning]) =>
          html`<dt><code>${code}</code></dt>
            <dd>${prose(meaning)}</dd>`,
      )}
    </dl>
  </main>`

const codes = {
  UNAUTHENTICATED: 'No token, or one that has ended. Get a new one.',
  FORBIDDEN:
    'A field that your role or your scopes may never use. What is merely not yours is `null`, as if it were not there.',
  BAD_USER_INPUT: 'The operation or a variable cannot be right; the message says why. Asking again changes nothing.',
  RATE_LIMITED:
    'Too many requests. Wait for the seconds in `extensions.retryAfterSeconds`, or the header `Retry-After`.',
  UNAVAILABLE: 'A part does not answer just now. Try again; with the same `idempotencyKey` nothing is done twice.',
  INTERNAL: 'Our mistake. Report it with `extensions.errorId`.',
}

function reader(listing: Listing | undefined, file: string, name: string, who: string): Markup {
  const queries = listing ? fieldsIn(listing, listing.schema.getQueryType()).length : 0
  const mutations = listing ? fieldsIn(listing, listing.schema.getMutationType()).length : 0
  return html`<dt><a href="${file}">For ${name}</a></dt>
    <dd>
      ${prose(who)}
      <span class="count"
        >${counted(queries, 'query', 'queries')}, ${counted(mutations, 'mutation', 'mutations')}.</span
      >
    </dd>`
}

const counted = (count: number, one: string, more: string) =>
  `${count === 0 ? 'no' : count} ${count === 1 ? one : more}`
