import { readFileSync } from 'node:fs'
import { getNamedType, type GraphQLError, isCompositeType, isObjectType, type GraphQLSchema, parse } from 'graphql'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { everyScope } from '../granted.ts'

/** Systems of partners: by whether the owner of everything shares it with them, and whether they are registered to read it. */
export const partnerActors = [
  'partner',
  'partner nobody shares with',
  'partner whose sharing was withdrawn',
  'partner without the scope',
] as const
export type PartnerActor = (typeof partnerActors)[number]
export const isPartner = (actor: Actor): actor is PartnerActor => (partnerActors as readonly Actor[]).includes(actor)

/** The columns of the matrix. */
export const actors = [
  'anonymous',
  'patient',
  'another patient',
  'ended session',
  ...partnerActors,
  'staff',
  'system',
  'gateway',
] as const
export type Actor = (typeof actors)[number]

/**
 * What an actor gets: `shown`; `noted` (shown, and written into the audit of the patient whose it is); `nothing` (null, and
 * no error: not yours looks like not there); `refused`.
 */
export const words = ['shown', 'noted', 'nothing', 'refused'] as const
export type Word = (typeof words)[number]

export interface Row {
  readonly field: string
  readonly type: string
  readonly name: string
  /** `clients` meet it through the gateway; what is `inside` the gateway hides from everybody. */
  readonly reach: 'clients' | 'inside'
  /** What a partner must be registered for to get there; null when partners never do, or all of them. */
  readonly scope: string | null
  readonly expected: Readonly<Record<Actor, Word>>
}

export const subgraphNames = ['patients', 'appointments', 'documents', 'messages'] as const
export type SubgraphName = (typeof subgraphNames)[number]

/** The matrix as people wrote it. Throws at a word that is none, and at a field that is there twice. */
export function readMatrix(text = read('access.matrix.csv')): Row[] {
  const [head, ...lines] = text.trim().split('\n')
  if (head !== `field,reach,scope,${actors.join(',')},because`)
    throw new Error(`access.matrix.csv begins with "${head}"`)
  const rows = lines.map(readRow)
  const twice = rows.find(({ field }, index) => rows.findIndex((it) => it.field === field) !== index)
  if (twice) throw new Error(`access.matrix.csv has two rows for ${twice.field}`)
  return rows
}

function readRow(line: string): Row {
  const [field = '', reach, scope = '', ...rest] = line.split(',')
  const [type = '', name = ''] = field.split('.')
  const expected = Object.fromEntries(actors.map((actor, index) => [actor, rest[index]])) as Record<Actor, Word>
  const wrong = actors.find((actor) => !words.includes(expected[actor]))
  if (wrong)
    throw new Error(`access.matrix.csv: ${field}, ${wrong}: "${expected[wrong]}" is none of ${words.join(', ')}`)
  if (reach !== 'clients' && reach !== 'inside') throw new Error(`access.matrix.csv: ${field}: reach is "${reach}"`)
  if (scope !== '-' && !everyScope.includes(scope)) throw new Error(`access.matrix.csv: ${field}: scope is "${scope}"`)
  if (!rest[actors.length]?.trim()) throw new Error(`access.matrix.csv: ${field} does not say why`)
  return { field, type, name, reach, scope: scope === '-' ? null : scope, expected }
}

/** Where one field stands in the contract. */
export interface Place {
  readonly subgraph: SubgraphName
  readonly isComposite: boolean
  /** Another subgraph's field, which this one only receives. */
  readonly isExternal: boolean
}

/** Every field of every object type, as `schema/` says it, with the subgraphs in which it stands. */
export function fieldsOfContract(): Map<string, Place[]> {
  const fields = new Map<string, Place[]>()
  for (const subgraph of subgraphNames)
    for (const [field, place] of fieldsOf(subgraph)) fields.set(field, [...(fields.get(field) ?? []), place])
  return fields
}

function fieldsOf(subgraph: SubgraphName): [string, Place][] {
  const schema: GraphQLSchema = buildSubgraphSchema([{ typeDefs: parse(read(`../schema/${subgraph}.graphql`)) }])
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .filter(({ name }) => !name.startsWith('_'))
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter(({ name }) => !name.startsWith('_'))
        .map((field): [string, Place] => {
          const isExternal = field.astNode?.directives?.some((it) => it.name.value === 'external') ?? false
          return [
            `${type.name}.${field.name}`,
            { subgraph, isExternal, isComposite: isCompositeType(getNamedType(field.type)) },
          ]
        }),
    )
}

/** What was seen of one row by one actor by one way in. An error is neither of the words. */
export type Seen = Word | `error: ${string}`
export type Way = 'through the gateway' | 'at the subgraph'

/** Of a type that is theirs to see, not every row is. */
const seesSomeRows: ReadonlySet<Actor> = new Set(['another patient', 'staff', ...partnerActors])

/** What is not as the matrix says, a line for each. */
export function differences(row: Row, actor: Actor, way: Way, seen: Seen): string[] {
  const expected = way === 'through the gateway' && row.reach === 'inside' ? 'refused' : row.expected[actor]
  if (seen === expected) return []
  // Behind the gateway, which refuses by role, a subgraph looks for the row first: what is not there has no field to refuse.
  if (way === 'at the subgraph' && seesSomeRows.has(actor) && expected === 'refused' && seen === 'nothing') return []
  return [`${row.field}, ${actor}, ${way}: ${seen}, and not ${expected}`]
}

/** What an answer says of the field asked for under the name `wanted`. */
export function seenIn({ data, errors }: { data?: unknown; errors?: readonly unknown[] }, isNoted: boolean): Seen {
  const codes = (errors ?? []).map((it) => codeOf(it as GraphQLError))
  const other = codes.find((code) => code !== 'UNAUTHENTICATED' && code !== 'FORBIDDEN')
  if (other) return `error: ${other}`
  if (holdsWanted(data)) return isNoted ? 'noted' : 'shown'
  return codes.length ? 'refused' : 'nothing'
}

const codeOf = ({ extensions, message }: GraphQLError) => String(extensions?.code ?? message)

function holdsWanted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some(holdsWanted)
  return Object.entries(value).some(([name, it]) => (name === 'wanted' && it !== null) || holdsWanted(it))
}

const order = ['refused', 'nothing', 'shown', 'noted']
/** The most that was seen through several doors; an error is more than anything. */
export const most = (seen: Seen[]): Seen =>
  seen.find((it) => it.startsWith('error')) ?? seen.reduce((a, b) => (order.indexOf(a) < order.indexOf(b) ? b : a))

function read(name: string): string {
  return readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
}
