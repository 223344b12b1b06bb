import { describe, expect, it } from 'vitest'
import * as arrows from './architecture/arrows.ts'
import { readHouse, readLock, readWorkspaces } from './architecture/house.ts'
import * as names from './architecture/names.ts'
import { graphqlsIn, hostsIn, workspacesDeclareWhatTheyUse } from './architecture/packages.ts'
import { filesAreSmall, noFileIsLong, sizesOf } from './architecture/sizes.ts'
import { readSource } from './architecture/source.ts'

const house = readHouse()
const workspaces = readWorkspaces()
const capability = "import { Mutation, Resolver } from 'type-graphql'"
const lines = (count: number) => 'export {}\n'.repeat(count)

type Files = Record<string, string>

/** A rule, and houses that break it once: each file by its path, with a text. */
const rules: [string, arrows.Rule, ...Files[]][] = [
  [
    'rooms meet only through the contract',
    arrows.roomsMeetThroughTheContract,
    { 'web/src/a.ts': "import '../../gateway/main.ts'" },
    { 'gateway/a.ts': "export * from '../subgraphs/patients/main.ts'" },
    { 'feeds/a.ts': "await import('../subgraphs/patients/main.ts')" },
    { 'client/src/a.ts': "let a: import('../../feeds/main.ts').A" },
    { 'web/src/A.svelte': '<script lang="ts">import "../../subgraphs/patients/main.ts"</script>' },
  ],
  [
    'a subgraph knows no other subgraph',
    arrows.subgraphsDoNotKnowEachOther,
    { 'subgraphs/patients/a.ts': "import type { B } from '../documents/b.ts'" },
  ],
  [
    'the runtime knows no subgraph',
    arrows.runtimeKnowsNoSubgraph,
    { 'subgraphs/runtime/a.ts': "import '../patients/main.ts'" },
  ],
  [
    'only tests use what is made for tests',
    arrows.onlyTestsUseTestAids,
    { 'gateway/a.ts': "import '../test/postgres.ts'" },
    { 'scripts/a.ts': "import '../bench/main.ts'" },
  ],
  [
    'scripts enter a room by its front door',
    arrows.scriptsEnterByTheFrontDoor,
    { 'scripts/a.ts': "import '../gateway/sessions.ts'" },
  ],
  [
    'the arrows in a subgraph point one way',
    arrows.arrowsInASubgraphPointOneWay,
    { 'subgraphs/patients/a.ts': "import './main.ts'" },
    { 'subgraphs/patients/a.entity.ts': "import './b.ts'", 'subgraphs/patients/b.ts': capability },
    { 'subgraphs/patients/policy.ts': "import './b.ts'", 'subgraphs/patients/b.ts': capability },
  ],
  ['no file is a drawer', names.noFileIsADrawer, { 'web/src/lib/utils/dates.ts': '' }, { 'gateway/helpers.ts': '' }],
  [
    'the runtime holds no clinical noun',
    names.runtimeHoldsNoClinicalNoun,
    { 'subgraphs/runtime/free-slots.ts': '' },
    { 'subgraphs/runtime/a.ts': 'export const onePatient = 1' },
    { 'subgraphs/runtime/a.ts': 'export class LettersOf {}' },
  ],
  [
    'nothing is left undone',
    names.nothingIsLeftUndone,
    { 'gateway/a.ts': `// ${'TO'}DO: later` },
    { 'web/src/A.svelte': `<!-- FIX${'ME'} -->` },
    { 'gateway/a.test.ts': "it.skip('works', () => {})" },
    { 'gateway/a.test.ts': "describe.only('works', () => {})" },
  ],
  ['no file is long', noFileIsLong, { 'gateway/a.ts': lines(401) }],
  [
    'files are small by habit',
    filesAreSmall,
    { 'gateway/a.ts': lines(60), 'gateway/b.ts': lines(60), 'gateway/c.ts': '' },
    { 'gateway/a.ts': lines(200), 'gateway/b.ts': '', 'gateway/c.ts': '' },
  ],
  [
    'a workspace declares what it uses',
    workspacesDeclareWhatTheyUse(workspaces),
    { 'client/src/a.ts': "import { z } from 'zod'" },
    { 'client/src/a.ts': "import { it } from 'vitest'" },
  ],
]

describe.each(rules)('%s', (_, rule, ...broken) => {
  it('holds', () => {
    expect(rule(house)).toEqual([])
  })

  it.each(broken)('is seen when broken (%#)', (files) => {
    expect(rule(Object.entries(files).map(([path, text]) => readSource(path, text)))).toHaveLength(1)
  })
})

describe('packages', () => {
  it('hold one graphql, for two refuse each other', () => {
    expect(graphqlsIn(readLock())).toEqual(['node_modules/graphql'])
    const two = { packages: { 'node_modules/graphql': {}, 'web/node_modules/graphql': {} } }
    expect(graphqlsIn(JSON.stringify(two))).toHaveLength(2)
  })

  it('come from whichever registry the machine uses', () => {
    expect(hostsIn(readLock())).toEqual([])
    expect(hostsIn(JSON.stringify({ resolved: 'https://example.org/a.tgz' }, null, 1))).toHaveLength(1)
  })
})

it('reads the whole house', () => {
  const rooms = new Set(house.map(({ path }) => path.split('/')[0]))
  expect([...rooms]).toEqual(
    expect.arrayContaining(['client', 'feeds', 'gateway', 'scripts', 'subgraphs', 'test', 'web']),
  )
  expect(house.filter(({ path }) => path.endsWith('.svelte'))).not.toHaveLength(0)
  const { files, half, nineInTen, longest } = sizesOf(house)
  console.log(`${files} files: half up to ${half} lines, nine in ten up to ${nineInTen}, the longest ${longest}`)
})
