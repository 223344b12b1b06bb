import type { IncomingMessage } from 'node:http'
import { BuiltSite } from './built-site.ts'
import type { Demonstration } from './demonstration.ts'
import { badInput } from './problem.ts'
import { json } from './reply.ts'
import type { Endpoint, Reply } from './reply.ts'

/** Only what was built is loaded. Inline styles are what the editor (Monaco) places its lines with; the fonts are in the style sheet. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "worker-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The reference is text: it needs no script. */
const policyOfReference =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** GET /sandbox: GraphiQL, served from here alone, the people of a demonstration to ask as, and the reference of the graph. */
export function sandbox(demonstration: Demonstration | undefined): Endpoint {
  const editor = new BuiltSite({
    folder: 'sandbox/dist/',
    policy,
    missing: 'The sandbox is not built. Build it with `npm run build`.',
  })
  const reference = new BuiltSite({
    folder: 'reference/dist/',
    policy: policyOfReference,
    missing: 'The reference is not written. Write it with `npm run reference`.',
  })
  return async (request) => {
    const path = (request.url ?? '').split('?', 1)[0]?.slice('/sandbox'.length).replace(/^\//, '') ?? ''
    if (path === 'people' || path.startsWith('people/')) return people(request, path, demonstration)
    if (request.method !== 'GET' && request.method !== 'HEAD') throw badInput('The sandbox is read with GET.', 405)
    // Its pages name each other from where they are.
    if (path === 'reference') return { status: 308, body: '', headers: { location: '/sandbox/reference/' } }
    if (path.startsWith('reference/')) return reference.file(path.slice('reference/'.length) || 'index.html')
    return editor.file(path || 'index.html')
  }
}

async function people(
  request: IncomingMessage,
  path: string,
  demonstration: Demonstration | undefined,
): Promise<Reply> {
  if (!demonstration) throw badInput('This is not a demonstration: there is nobody to ask as.', 404)
  const known = await demonstration.people()
  if (path === 'people' && request.method === 'GET')
    return json(
      200,
      known.map(({ id, role, label }) => ({ id, role, label })),
    )
  const id = /^people\/([^/]+)\/token$/.exec(path)?.[1]
  const person = known.find((it) => it.id === id)
  if (!person) throw badInput('There is nobody of that name in the demonstration.', 404)
  // A page of another site can send a form, but not JSON.
  if (request.method !== 'POST' || request.headers['content-type'] !== 'application/json')
    throw badInput('Ask for a token with a POST of JSON.')
  return json(200, { token: await demonstration.token(person.id) })
}
