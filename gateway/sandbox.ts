import { readdir, readFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { fileURLToPath } from 'node:url'
import { extname } from 'node:path'
import type { Demonstration } from './demonstration.ts'
import { badInput } from './problem.ts'
import { json } from './reply.ts'
import type { Endpoint, Reply } from './reply.ts'

/** Beside this file, and, for the compiled gateway, where Vite put it in the source tree. */
const builds = ['./sandbox/dist/', '../../gateway/sandbox/dist/'].map((it) =>
  fileURLToPath(new URL(it, import.meta.url)),
)

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
}

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

/** GET /sandbox: GraphiQL, served from here alone, and the people of a demonstration to ask as. */
export function sandbox(demonstration: Demonstration | undefined): Endpoint {
  let files: Promise<ReadonlyMap<string, string>> | undefined
  return async (request) => {
    const path = (request.url ?? '').split('?', 1)[0]?.slice('/sandbox'.length).replace(/^\//, '') ?? ''
    if (path === 'people' || path.startsWith('people/')) return people(request, path, demonstration)
    if (request.method !== 'GET' && request.method !== 'HEAD') throw badInput('The sandbox is read with GET.', 405)
    files ??= builtFiles()
    return file(await files, path || 'index.html')
  }
}

/** The files of the build by name: what is not in the list cannot be asked for, whatever the path looks like. */
async function builtFiles(): Promise<ReadonlyMap<string, string>> {
  for (const folder of builds) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
    const files = entries
      .filter((it) => it.isFile())
      .map((it) => `${it.parentPath}/${it.name}`.replaceAll('\\', '/').replaceAll('//', '/'))
    if (files.length > 0) return new Map(files.map((it) => [it.slice(folder.length), it]))
  }
  return new Map()
}

async function file(files: ReadonlyMap<string, string>, name: string): Promise<Reply> {
  if (files.size === 0) throw badInput('The sandbox is not built. Build it with `vite build gateway/sandbox`.', 404)
  const path = files.get(name)
  if (!path) throw badInput('The sandbox has no such file.', 404)
  const body = await readFile(path)
  // The name of an asset holds the hash of what is in it.
  const caching = name.startsWith('assets/') ? { 'cache-control': 'public, max-age=31536000, immutable' } : {}
  return {
    status: 200,
    body,
    headers: {
      'content-type': types[extname(name)] ?? 'application/octet-stream',
      'content-security-policy': policy,
      ...caching,
    },
  }
}

async function people(
  request: IncomingMessage,
  path: string,
  demonstration: Demonstration | undefined,
): Promise<Reply> {
  if (!demonstration) throw badInput('This is not a demonstration: there is nobody to ask as.', 404)
  if (path === 'people' && request.method === 'GET')
    return json(
      200,
      demonstration.people.map(({ id, label }) => ({ id, label })),
    )
  const id = /^people\/([^/]+)\/token$/.exec(path)?.[1]
  const person = demonstration.people.find((it) => it.id === id)
  if (!person) throw badInput('There is nobody of that name in the demonstration.', 404)
  // A page of another site can send a form, but not JSON.
  if (request.method !== 'POST' || request.headers['content-type'] !== 'application/json')
    throw badInput('Ask for a token with a POST of JSON.')
  return json(200, { token: await demonstration.token(person.id) })
}
