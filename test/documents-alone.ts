import { randomBytes } from 'node:crypto'
import { documents, documentsExtra } from '../subgraphs/documents/main.ts'
import { readTrust } from '../subgraphs/runtime/trust.ts'
import type { Graph } from '../subgraphs/runtime/reaction.ts'
import type { Viewer } from '../subgraphs/runtime/viewer.ts'
import { type AloneSettings, patient } from './alone.ts'
import { type Behind, behind } from './behind.ts'

/** `documents` by itself, of a trust without partners. */
export const documentsAlone = (settings: AloneSettings = {}): Promise<Behind> =>
  behind(documents, {
    extra: documentsExtra({ documentsKey: randomBytes(32), partners: [] }, readTrust('west-herts')),
    graph: knowsEverybody,
    ...settings,
  })

/** The rest of the graph: whoever it is asked about, it knows under the name of their id. */
const knowsEverybody: Graph = {
  ask: (_document, { patientId = '' }: { patientId?: string }) => Promise.resolve(personCalled(patientId) as never),
}

/** A person as the graph answers when it is asked whose a document is. */
export const personCalled = (id: string, more: object = {}) => ({
  patient: {
    id,
    name: { full: `Ms ${id}` },
    bornOn: '1956-03-14',
    nhsNumber: '9990041571',
    hospitalNumber: `N-${id}`,
    ...more,
  },
})

export interface Listed {
  readonly nodes: { readonly __typename: string; readonly id: string; readonly title: string }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

export const amal = patient('amal')

const list = (nodes: string) =>
  `query List($filter: DocumentFilter, $first: Int! = 50, $after: String) {
    documents(filter: $filter, first: $first, after: $after) { nodes { ${nodes} } pageInfo { hasNextPage endCursor } }
  }`

/** A page of the list, or what is wrong with the question. */
export async function listOf(
  hospital: Behind,
  asked: { filter?: object; first?: number; after?: string | null; viewer?: Viewer; nodes?: string } = {},
): Promise<Listed> {
  const { viewer = amal, nodes = '__typename id title', ...variables } = asked
  const { data, errors } = await hospital.ask(viewer, list(nodes), variables)
  if (errors) throw new Error(errors.map(({ message, extensions }) => `${String(extensions?.code)} ${message}`).join())
  return data?.documents as unknown as Listed
}

export const titlesOf = ({ nodes }: Listed) => nodes.map(({ title }) => title)
