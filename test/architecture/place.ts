/** Where a file stands in the house. */
export const roomOf = (path: string) => (path.includes('/') ? (path.split('/')[0] ?? '') : '.')

/** The subgraph a file belongs to; `runtime` counts as none. */
export function subgraphOf(path: string): string | undefined {
  const [room, name, ...rest] = path.split('/')
  return room === 'subgraphs' && rest.length > 0 && name !== 'runtime' && name !== 'trusts' ? name : undefined
}

export const isRuntime = (path: string) => path.startsWith('subgraphs/runtime/')

/** A test, or what only tests use: a test room, wherever it is, and the checks of the whole. */
export const isForTests = (path: string) =>
  /\.test\.(ts|mjs)$|^(vitest|playwright)\.config\.ts$|^test\/|^bench\/|\/(test|testing)\//.test(path)

export const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
