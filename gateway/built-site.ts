import { readdir, readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { badInput } from './problem.ts'
import type { Reply } from './reply.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.json': 'application/json; charset=utf-8',
}

interface SiteSettings {
  /** Its folder, from this one. */
  folder: string
  /** The content security policy of its pages. */
  policy: string
  /** What to say when nobody has built it. */
  missing: string
}

/** A folder of files that were built beforehand: what is not in it cannot be asked for, whatever the path looks like. */
export class BuiltSite {
  readonly #settings: SiteSettings
  #files: Promise<ReadonlyMap<string, string>> | undefined

  constructor(settings: SiteSettings) {
    this.#settings = settings
  }

  async file(name: string): Promise<Reply> {
    const { folder, policy, missing } = this.#settings
    const files = await (this.#files ??= builtFiles(folder))
    if (files.size === 0) {
      this.#files = undefined
      throw badInput(missing, 404)
    }
    const path = files.get(name)
    if (!path) throw badInput('The sandbox has no such file.', 404)
    // The name of an asset holds the hash of what is in it.
    const caching = name.startsWith('assets/') ? { 'cache-control': 'public, max-age=31536000, immutable' } : {}
    const type = types[extname(name)] ?? 'application/octet-stream'
    const headers = { 'content-type': type, 'content-security-policy': policy, ...caching }
    return { status: 200, body: await readFile(path), headers }
  }
}

/** Beside this file, and, for the compiled gateway, where it was built in the source tree. */
async function builtFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  for (const start of ['./', '../../gateway/']) {
    const place = fileURLToPath(new URL(start + folder, import.meta.url))
    const entries = await readdir(place, { recursive: true, withFileTypes: true }).catch(() => [])
    const files = entries
      .filter((it) => it.isFile())
      .map((it) => `${it.parentPath}/${it.name}`.replaceAll('\\', '/').replaceAll('//', '/'))
    if (files.length > 0) return new Map(files.map((it) => [it.slice(place.length), it]))
  }
  return new Map()
}
