import { request } from 'undici'
import type { Person } from '../world/copies.ts'

/** What a browser fetches for one page, in bytes as they travel, compressed where the site compresses. */
export interface PageWeight {
  readonly path: string
  readonly html: number
  readonly css: number
  readonly js: number
}

/** Weighs the pages that people see most, each as a first visit. */
export async function weighPages(site: string, [person]: readonly Person[]): Promise<PageWeight[]> {
  const loggedIn = { cookie: `session=${person?.token ?? ''}` }
  const appointment = `/appointments/${person?.visits[0]?.id ?? ''}`
  const own = ['/home', '/appointments', appointment, '/my-details']
  const pages = [...['/', '/log-in'].map((path) => ({ path, as: {} })), ...own.map((path) => ({ path, as: loggedIn }))]
  return Promise.all(
    pages.map(async ({ path, as }) => {
      const page = await fetched(new URL(path, site), as)
      const named = (pattern: RegExp) => [...page.text.matchAll(pattern)].map(([, link = '']) => new URL(link, site))
      const css = await bytesOf(named(/<link\b(?=[^>]*rel="stylesheet")[^>]*href="([^"]+)"/g))
      const js = await bytesOf(named(/<script\b[^>]*src="([^"]+)"/g))
      return { path: path === appointment ? '/appointments/…' : path, html: page.bytes, css, js }
    }),
  )
}

/** Bytes of these files and of every module that one of them imports. */
async function bytesOf(urls: readonly URL[], known = new Set<string>()): Promise<number> {
  let bytes = 0
  for (const url of urls.filter(({ href }) => !known.has(href))) {
    known.add(url.href)
    const file = await fetched(url, {})
    const imported = [...file.text.matchAll(/\b(?:from|import)\s*\(?\s*["'](\.{0,2}\/[^"']+)["']/g)]
    bytes +=
      file.bytes +
      (await bytesOf(
        imported.map(([, path = '']) => new URL(path, url)),
        known,
      ))
  }
  return bytes
}

/** What travels, counted, and what it says. */
async function fetched(url: URL, headers: Record<string, string>): Promise<{ bytes: number; text: string }> {
  const compressed = await request(url, { headers: { ...headers, 'accept-encoding': 'br, gzip' } })
  const plain = await request(url, { headers })
  const [bytes, text] = await Promise.all([compressed.body.bytes(), plain.body.text()])
  if (compressed.statusCode !== 200 || plain.statusCode !== 200)
    throw new Error(`${url.pathname} answered ${compressed.statusCode}, so it cannot be weighed`)
  return { bytes: bytes.length, text }
}
