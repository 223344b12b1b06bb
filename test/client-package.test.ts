import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPortal, say, type Asked } from '../client/testing/a-portal.ts'
import { npm, packageRegistry } from './package-registry.ts'
import { writtenBlocks } from './written-blocks.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const blocks = writtenBlocks(readFileSync(join(root, 'client/README.md'), 'utf8'))
const sentences = blocks.filter(({ language }) => language === 'sh').map(({ text }) => text)
const run = promisify(execFile)

let folder: string
let portal: Awaited<ReturnType<typeof aPortal>>

/** The package as somebody installs it who has nothing else of the portal. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'partner-'))
  portal = await aPortal({ key: 'rsa' })
  portal.answer = (asked, response) => say(response, 200, { data: answers(asked) })
  const registry = await packageRegistry()
  await npm(['pack', '--workspace', 'client', '--pack-destination', folder], { cwd: root })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'private-key.pem'), portal.pem)
  const env = { ...process.env, npm_config_registry: registry.url, npm_config_cache: join(folder, '.cache') }
  await run('bash', ['-euc', sentences[0] ?? ''], { cwd: folder, env })
  registry.stop()
  for (const { file, text } of blocks) if (file !== undefined) writeFileSync(join(folder, file), text)
}, 120_000)
afterAll(() => {
  portal.stop()
  rmSync(folder, { recursive: true, force: true })
})

const node = async (...args: string[]) => {
  const env = { PATH: process.env['PATH'], PORTAL_URL: portal.url, CLIENT_ID: 'royal-free' }
  return (await run(process.execPath, args, { cwd: folder, env })).stdout
}
const tsc = (...args: string[]) => node(join(root, 'node_modules/typescript/bin/tsc'), ...args)
const strictly = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--module', 'nodenext']
/** Types of Node, the generator of types and its plugins: of what the partner installs for itself. */
const ownTools = ['@types', '@graphql-codegen', 'typescript', 'undici-types']

describe('the package', () => {
  it('holds what is needed to use it, and nothing else', () => {
    const at = join(folder, 'node_modules/@patient-portal/client')
    expect(readdirSync(at).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json'])
    expect(
      readdirSync(join(folder, 'node_modules'))
        .filter((name) => !name.startsWith('.'))
        .sort(),
    ).toEqual(['@graphql-typed-document-node', '@patient-portal', 'graphql', 'oauth4webapi'])
    const files = readdirSync(at, { recursive: true, encoding: 'utf8' })
    expect(files.filter((name) => /test|a-portal/.test(name))).toEqual([])
    expect(readFileSync(join(at, 'dist/schema.graphql'), 'utf8')).toBe(
      readFileSync(join(root, 'schema/api.graphql'), 'utf8'),
    )
  })

  it('is used by plain Node', async () => {
    const program = `
      import { readFileSync } from 'node:fs'
      import { createPortalClient, PatientByNhsNumberDocument } from '@patient-portal/client'
      import { createGraphClient, RecordLetterDocument } from '@patient-portal/client/system'
      const portal = createPortalClient({
        url: process.env.PORTAL_URL, clientId: 'royal-free', keyId: 'key-1',
        privateKey: readFileSync('private-key.pem', 'utf8'), endUser: { id: 'a.kaur', role: 'Consultant' },
      })
      const { patientByNhsNumber } = await portal.read(PatientByNhsNumberDocument, { nhsNumber: '1', bornOn: '1996-07-21' })
      console.log(patientByNhsNumber.name.full, typeof createGraphClient, RecordLetterDocument.kind)`
    writeFileSync(join(folder, 'plain.mjs'), program)
    expect(await node('plain.mjs')).toBe('Chiamaka Okafor function Document\n')
  })

  it.each([
    ['with the types of a browser', ['--target', 'es2023']],
    ['with a bundler', ['--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler']],
  ])('compiles strictly, its own types included, %s', { timeout: 60_000 }, async (_, options) => {
    const program = `
      import { createPortalClient, match, PatientRecordDocument, TooManyRequests, type PortalClient } from '@patient-portal/client'
      export const ask = async (privateKey: string, endUser: { id: string; role: string }): Promise<number | undefined> => {
        const portal: PortalClient = createPortalClient({ url: '', clientId: '', privateKey, keyId: '', endUser })
        try {
          const { patientByNhsNumber: patient } = await portal.read(PatientRecordDocument, { nhsNumber: '', bornOn: '' })
          const [first] = patient?.documents.nodes ?? []
          return first?.__typename === 'TestResult' ? first.observations[0]?.number ?? undefined : undefined
        } catch (error) {
          if (error instanceof TooManyRequests) return error.retryAfterSeconds
          throw error
        }
      }
      // @ts-expect-error a date of birth is asked for
      export const wrong = (portal: PortalClient) => portal.read(PatientRecordDocument, { nhsNumber: '' })
      // @ts-expect-error cases are missing
      export const half = (it: { __typename: 'A' | 'B' }) => match(it, { A: () => 1 })`
    writeFileSync(join(folder, 'strict.ts'), program)
    expect(await tsc(...strictly, ...options, '--noEmit', 'strict.ts')).toBe('')
  })
})

describe('its page', () => {
  beforeAll(async () => {
    for (const name of ownTools) symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
    mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
    const generator = join(root, 'node_modules/.bin/graphql-codegen')
    symlinkSync(generator, join(folder, 'node_modules/.bin/graphql-codegen'))
    await run('bash', ['-euc', sentences[1] ?? ''], { cwd: folder, env: { ...process.env, CI: 'true' } })
    const files = blocks.flatMap(({ file }) => (file?.endsWith('.ts') && file !== 'codegen.ts' ? [file] : []))
    await tsc(...strictly, '--target', 'es2023', '--types', 'node', ...files)
  }, 120_000)

  it('shows how a record is asked for', async () => {
    expect(await node('record.js')).toBe(
      [
        'Chiamaka Okafor appointments are not shared',
        "Full blood count [ 'Haemoglobin 128 g/L' ]",
        "Eye clinic [ 'Plan' ]",
        '',
      ].join('\n'),
    )
    expect(portal.asked.at(-1)?.headers['x-end-user-role']).toBe('Ward clerk')
  })

  it('shows how pages are turned', async () => {
    expect(await node('letters.js')).toBe('2026-11-20 Eye clinic\n2026-11-02 Full blood count\n')
  })

  it('shows how types of an own operation are generated from the schema that comes along', async () => {
    expect(readFileSync(join(folder, 'operations.ts'), 'utf8')).toContain('export type NextAppointmentQuery')
    expect(await node('next.js')).toBe('2026-12-03T10:30:00.000Z Eye clinic\n')
  })

  it('names every operation of the package', async () => {
    const page = readFileSync(join(root, 'client/README.md'), 'utf8')
    const exported = Object.keys(await import('../client/src/partner/graph/index.ts'))
    const named = exported.filter((name) => page.includes(`\`${name}\``))
    expect(named).toEqual(exported.filter((name) => !name.endsWith('FragmentDoc')))
    expect(named).toHaveLength(5)
  })
})

const letter = {
  __typename: 'OutcomeLetter',
  title: 'Eye clinic',
  writtenAt: '2026-11-20T09:00:00.000Z',
  sections: [{ heading: 'Plan' }],
}
const observations = [{ name: 'Haemoglobin', value: '128', unit: 'g/L' }]
const result = {
  __typename: 'TestResult',
  title: 'Full blood count',
  writtenAt: '2026-11-02T09:00:00.000Z',
  observations,
}

/** What this portal says to each of the operations. */
function answers({ operationName, variables }: Asked): unknown {
  const person = { name: { full: 'Chiamaka Okafor' } }
  if (operationName === 'NextAppointment')
    return {
      patientByNhsNumber: {
        appointments: { nodes: [{ startsAt: '2026-12-03T10:30:00.000Z', clinic: { name: 'Eye clinic' } }] },
      },
    }
  if (operationName === 'PatientLetters') {
    const nodes = variables['after'] === 'c1' ? [result] : [letter]
    const pageInfo = { endCursor: 'c1', hasNextPage: variables['after'] !== 'c1' }
    return { patientByNhsNumber: { sharedWithYou: ['LETTERS'], documents: { nodes, pageInfo } } }
  }
  const sharedWithYou = ['LETTERS', 'RESULTS']
  const documents = { nodes: [result, letter], totalCount: 2 }
  return { patientByNhsNumber: { ...person, sharedWithYou, appointments: { nodes: [], totalCount: 0 }, documents } }
}
