import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const installed = new URL('../node_modules/', import.meta.url)

/** A registry of the packages that this checkout has installed, as they are: npm installs from it without a network. */
export async function packageRegistry(): Promise<{ url: string; stop(): void }> {
  const server = createServer((request, response) => {
    const name = decodeURIComponent(request.url ?? '')
      .slice(1)
      .replace(/\.tgz$/, '')
    const wants = request.url?.endsWith('.tgz') ? tarball(name) : manifest(name, address())
    void wants.then(
      (body) => response.writeHead(200).end(body),
      () => response.writeHead(404).end('{}'),
    )
  })
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: address(), stop: () => void server.close() }
}

async function manifest(name: string, registry: string): Promise<string> {
  const file = new URL(`${name}/package.json`, installed)
  if (!/^(@[\w-]+\/)?[\w.-]+$/.test(name) || !existsSync(file)) throw new Error(`${name} is not installed`)
  const { scripts: _, ...facts } = JSON.parse(readFileSync(file, 'utf8')) as { version: string; scripts?: unknown }
  const integrity = `sha512-${createHash('sha512')
    .update(await tarball(name))
    .digest('base64')}`
  const dist = { tarball: `${registry}/${name}.tgz`, integrity }
  return JSON.stringify({
    name,
    'dist-tags': { latest: facts.version },
    versions: { [facts.version]: { ...facts, dist } },
  })
}

const made = new Map<string, Promise<Buffer>>()

function tarball(name: string): Promise<Buffer> {
  const known = made.get(name) ?? pack(name)
  made.set(name, known)
  return known
}

async function pack(name: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'))
  await npm(['pack', fileURLToPath(new URL(name, installed)), '--ignore-scripts', '--pack-destination', folder])
  const [file = ''] = readdirSync(folder)
  const packed = readFileSync(join(folder, file))
  rmSync(folder, { recursive: true })
  return packed
}

/** Runs npm; rejects with what it printed when it fails. */
export const npm = (args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}) =>
  promisify(execFile)('npm', args, { ...options, shell: process.platform === 'win32' })
