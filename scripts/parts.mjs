import fs from 'node:fs'
import { inRoot } from './folders.mjs'
import { fingerprint } from './sources.mjs'
import { twoAtATime } from './step.mjs'
import { toolStep } from './tool.mjs'

const contract = ['package-lock.json', 'codegen.ts', 'schema']
const servers = ['gateway', 'subgraphs', 'feeds', 'client', 'web', 'scripts']
const codegen = ['--config', 'codegen.ts', '--errors-only']

/** What is built, from what, into what. */
const parts = {
  documents: {
    sources: [...contract, 'client', 'subgraphs', 'web/src'],
    only: /\.graphql$|codegen\.ts$|package-lock\.json$/,
    output: [
      'client/src/graph',
      'client/src/partner/graph',
      'web/src/lib/graph',
      'subgraphs/documents/graph',
      'subgraphs/messages/graph',
    ],
    run: () => toolStep('Writing the typed documents', '@graphql-codegen/cli graphql-codegen', codegen),
  },
  server: {
    sources: [...contract, 'tsconfig.json', 'tsconfig.build.json', ...servers],
    only: /^(?!web\/(src|static)\/|gateway\/sandbox\/)(?!.*(\.test\.ts|\.mjs)$)/,
    output: ['dist/scripts', 'dist/schema'],
    async run() {
      fs.rmSync(inRoot('dist'), { recursive: true, force: true })
      await toolStep('Compiling the servers', 'typescript tsc', ['-p', 'tsconfig.build.json'])
      for (const folder of ['schema', 'subgraphs/trusts']) copyToDist(folder)
    },
  },
  site: {
    sources: [...contract, 'web'],
    output: ['web/build'],
    run: () => toolStep('Building the site', 'vite', ['build', '--logLevel', 'warn'], { cwd: inRoot('web') }),
  },
  sandbox: {
    sources: ['package-lock.json', 'gateway/sandbox'],
    output: ['gateway/sandbox/dist'],
    run: () =>
      toolStep('Building the sandbox', 'vite', ['build', '--logLevel', 'warn'], { cwd: inRoot('gateway/sandbox') }),
  },
  client: {
    sources: [...contract, 'tsconfig.json', 'client'],
    only: /(?<!\.test\.ts)$/,
    output: ['client/dist'],
    async run() {
      fs.rmSync(inRoot('client/dist'), { recursive: true, force: true })
      await toolStep('Compiling the client for partners', 'typescript tsc', ['-p', 'client/tsconfig.build.json'])
      fs.copyFileSync(inRoot('schema/api.graphql'), inRoot('client/dist/schema.graphql'))
    },
  },
  reference: {
    sources: ['schema', 'gateway/reference', 'gateway/field-rules.ts', 'scripts/reference.ts'],
    output: ['gateway/reference/dist'],
    run: () => toolStep('Writing the reference of the graph', 'tsx', ['scripts/reference.ts']),
  },
}

/** The typed documents of every client of the graph; without them nothing else can be compiled or checked. */
export const writeDocuments = () => bringUpToDate('documents')

/** The client as partners install it. */
export async function buildClient() {
  await writeDocuments()
  await bringUpToDate('client')
}

/** Builds what is out of date: its sources changed, or its output is gone. Returns at once when nothing is. */
export async function build() {
  await writeDocuments()
  await twoAtATime(['server', 'site', 'sandbox', 'reference'].map((name) => () => bringUpToDate(name)))
}

/** Lies with the packages, so that new packages mean a new build. */
const record = inRoot('node_modules', '.portal-build.json')

async function bringUpToDate(name) {
  const { sources, only, output, run } = parts[name]
  const state = () => [fingerprint(sources, only), ...output.filter((place) => fs.existsSync(inRoot(place)))].join(' ')
  if (builds()[name] === state()) return
  keep(name, undefined)
  await run()
  keep(name, state())
}

function builds() {
  try {
    return JSON.parse(fs.readFileSync(record, 'utf8'))
  } catch {
    return {}
  }
}

const keep = (name, state) => fs.writeFileSync(record, JSON.stringify({ ...builds(), [name]: state }))

function copyToDist(folder) {
  if (fs.existsSync(inRoot(folder))) fs.cpSync(inRoot(folder), inRoot('dist', folder), { recursive: true })
}
