import { type Reader, readers } from '../reference/reader.ts'

/** One operation to begin with. */
export interface Example {
  name: string
  /** What it is for, as its first comment says. */
  about: string
  query: string
  /** JSON, with names in double braces where a value of the one who asks goes. */
  variables: string | null
}

export interface Examples {
  reader: Reader
  examples: readonly Example[]
}

const files = import.meta.glob<string>('./examples/*/*', { query: '?raw', import: 'default', eager: true })

/** A partner says for whom it asks: the patient is shown it. */
export const endUser = { 'x-end-user-id': 'GMC-7083412', 'x-end-user-role': 'Consultant' }

export const headersOf = ({ role }: Reader): string | null =>
  role === 'PARTNER' ? JSON.stringify(endUser, null, 2) : null

/** What each kind of reader can begin with: the operations in their folder, in the order of their names. */
export const groups: readonly Examples[] = readers.map((reader) => ({
  reader,
  examples: Object.entries(files)
    .filter(([path]) => path.startsWith(`./examples/${reader.folder}/`) && path.endsWith('.graphql'))
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([path, query]) => exampleFrom(query, files[path.replace(/graphql$/, 'json')] ?? null)),
}))

function exampleFrom(query: string, variables: string | null): Example {
  const name = /^(?:query|mutation) (\w+)/m.exec(query)?.[1] ?? ''
  // One to a line, however the file is laid out: the pane for variables is narrow.
  const laidOut = variables === null ? null : JSON.stringify(JSON.parse(variables), null, 2)
  return { name, about: /^# (.*)$/m.exec(query)?.[1] ?? '', query, variables: laidOut }
}
