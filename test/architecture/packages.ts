import type { Rule } from './arrows.ts'
import { isForTests, roomOf } from './place.ts'

/** A workspace says what it uses; hoisting would let it use anything. Tests may use what the whole project tests with. */
export const workspacesDeclareWhatTheyUse =
  (workspaces: Map<string, Set<string>>): Rule =>
  (house) =>
    house.flatMap(({ path, packages }) => {
      const folder = workspaces.has(roomOf(path)) ? roomOf(path) : '.'
      const known = [folder, ...(isForTests(path) ? ['.'] : [])].map((it) => workspaces.get(it))
      const undeclared = [...new Set(packages)].filter((name) => !known.some((it) => it?.has(name)))
      return undeclared.map((name) => `${path} imports ${name}, which ${folder}/package.json does not name`)
    })

/** Two copies of graphql refuse each other's schemas. */
export function graphqlsIn(lock: string): string[] {
  const { packages } = JSON.parse(lock) as { packages: Record<string, unknown> }
  return Object.keys(packages).filter((place) => place.endsWith('node_modules/graphql'))
}

/** A lock that names a registry installs only where that registry can be reached. */
export const hostsIn = (lock: string): string[] => lock.match(/"resolved": "https?:[^"]*"/g) ?? []
