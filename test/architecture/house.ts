import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readSource, type Source } from './source.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const code = ['ts', 'tsx', 'svelte', 'js', 'mjs']
const notOurs = new Set(['node_modules', 'dist', 'build', 'graph', '.svelte-kit', 'static'])

/** All the code of this project that a person wrote. */
export function readHouse(): Source[] {
  const rooms = '{gateway,subgraphs,feeds,client,web,scripts,test,bench}'
  return globSync([`${rooms}/**/*.{${code}}`, `*.{${code}}`], { cwd: root, exclude: (name) => notOurs.has(name) })
    .map((path) => path.replaceAll('\\', '/'))
    .map((path) => readSource(path, read(path)))
}

/** The packages that each workspace says it uses, by its folder; the top of the checkout is `.`. */
export function readWorkspaces(): Map<string, Set<string>> {
  const { workspaces } = readJson('package.json') as { workspaces: string[] }
  const folders = ['.', 'bench', ...workspaces].filter((folder) => existsSync(`${root}${folder}/package.json`))
  return new Map(folders.map((folder) => [folder, declared(`${folder}/package.json`)]))
}

export const readLock = () => read('package-lock.json')

function declared(file: string): Set<string> {
  const manifest = readJson(file) as Record<string, Record<string, string> | undefined>
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
  return new Set(kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {})))
}

const read = (path: string) => readFileSync(`${root}${path}`, 'utf8')
const readJson = (path: string): unknown => JSON.parse(read(path))
