const texts = import.meta.glob<string>('./examples/*', { query: '?raw', import: 'default', eager: true })

/** A tab for each operation in `examples/`, in the order of their names, with its variables beside it. */
export const examples = Object.entries(texts)
  .filter(([path]) => path.endsWith('.graphql'))
  .sort(([a], [b]) => a.localeCompare(b))
  .map(([path, query]) => ({ query, variables: texts[path.replace(/graphql$/, 'json')] ?? null }))
