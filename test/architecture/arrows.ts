import { isForTests, isRuntime, nameOf, roomOf, subgraphOf } from './place.ts'
import type { Source } from './source.ts'

/** Looks at the whole house and says what is wrong with it. */
export type Rule = (house: Source[]) => string[]

/** What each room may import besides packages. Rooms meet through `schema/` and the documents generated from it. */
const mayImport: Record<string, string[]> = {
  gateway: ['gateway'],
  subgraphs: ['subgraphs'],
  feeds: ['feeds', 'client'],
  client: ['client'],
  web: ['web'],
  scripts: ['scripts', 'gateway', 'subgraphs', 'feeds', 'client', 'web', '.', 'dist'],
  '.': [],
}

const rooms = ['gateway', 'subgraphs', 'feeds', 'client', 'web']

/** Every import of a file in the house that the test refuses. */
const arrows =
  (refused: (from: string, to: string, source: Source) => boolean): Rule =>
  (house) =>
    house.flatMap((source) =>
      source.files.filter((to) => refused(source.path, to, source)).map((to) => `${source.path} imports ${to}`),
    )

export const roomsMeetThroughTheContract = arrows((from, to) => {
  const allowed = mayImport[roomOf(from)]
  if (allowed === undefined || isForTests(to) || allowed.includes(roomOf(to))) return false
  // A test may stand up the demonstration's servers.
  return !(isForTests(from) && roomOf(to) === 'scripts')
})

export const subgraphsDoNotKnowEachOther = arrows((from, to) => {
  const [own, other] = [subgraphOf(from), subgraphOf(to)]
  return own !== undefined && other !== undefined && own !== other
})

export const runtimeKnowsNoSubgraph = arrows((from, to) => isRuntime(from) && subgraphOf(to) !== undefined)

export const onlyTestsUseTestAids = arrows((from, to) => isForTests(to) && !isForTests(from))

/** A room is entered by its front door: what others may use is what `main.ts` gives them, and how it is set up. */
export const scriptsEnterByTheFrontDoor = arrows((from, to) => {
  const enters = roomOf(from) === 'scripts' && rooms.includes(roomOf(to)) && !isForTests(from)
  return enters && !isRuntime(to) && !['main.ts', 'environment.ts'].includes(nameOf(to))
})

/** A capability is what a client can ask: it brings a query or a mutation. */
const isCapability = ({ decorators }: Source) => decorators.some((it) => it === 'Query' || it === 'Mutation')
const isComposition = (path: string) => /^(main|start|environment)\.ts$/.test(nameOf(path))
const isFoundation = (path: string) => /\.(entity|type|stub)\.ts$|\/policy\.ts$/.test(path)

/** In a subgraph: main -> capability -> policy, entity, type -> runtime. */
export const arrowsInASubgraphPointOneWay: Rule = (house) => {
  const capabilities = new Set(house.filter(isCapability).map(({ path }) => path))
  return arrows((from, to) => {
    if (!subgraphOf(from) || isForTests(from)) return false
    if (nameOf(to) === 'main.ts') return !isComposition(from)
    return isFoundation(from) && capabilities.has(to)
  })(house)
}
