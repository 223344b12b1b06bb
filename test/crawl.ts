import { readFileSync } from 'node:fs'
import {
  buildSchema,
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import type { Answer } from './world.ts'

const schema = buildSchema(readFileSync(new URL('../schema/api.graphql', import.meta.url), 'utf8'))
/** Deeper than this the gateway answers nobody. */
const deepestOfAll = 8

/** Gives a value for an argument, or a field of an input, by its name; as a literal. */
export type Facts = (name: string) => string | undefined

/** What came of asking for every field that can be reached, and of every field beside those. */
export interface Crawled {
  /** `Type.field`: what was answered, and what was refused. */
  readonly allowed: ReadonlySet<string>
  readonly refused: ReadonlySet<string>
  readonly answers: readonly string[]
}

interface Place {
  readonly type: GraphQLObjectType
  /** The fields that lead there, each as it is written. */
  readonly path: readonly string[]
}

/**
 * Asks for every field of the graph, from its roots: one operation for each way to it. Below what is refused there is nothing
 * more to ask, for an operation is refused as a whole. What is allowed is seen by the answers, and by nothing the schema says.
 */
export async function crawl(
  ask: (operation: string) => Promise<Answer>,
  facts: Facts,
  deepest = deepestOfAll,
): Promise<Crawled> {
  const [allowed, refused, answers] = [new Set<string>(), new Set<string>(), [] as string[]]
  const roots = [schema.getQueryType(), schema.getMutationType()].filter((it) => isObjectType(it))
  const waiting: Place[] = roots.map((type) => ({ type, path: [] }))
  for (let place = waiting.shift(); place; place = waiting.shift())
    for (const field of Object.values(place.type.getFields()))
      for (const written of waysToWrite(place.type, field, facts)) {
        const answer = await ask(operationOf(place, written, field.type))
        answers.push(answer.text)
        const name = `${place.type.name}.${field.name}`
        if (isRefused(answer)) refused.add(name)
        else {
          allowed.add(name)
          if (depthOf(place) < deepest) waiting.push(...below(place, written, field.type))
        }
      }
  return { allowed, refused, answers }
}

const isRefused = ({ errors }: Answer) =>
  errors.some(({ extensions }) => extensions.code === 'FORBIDDEN' || extensions.code === 'UNAUTHENTICATED')

function operationOf({ type, path }: Place, written: string, of: GraphQLOutputType): string {
  const keyword = path.length === 0 && type === schema.getMutationType() ? 'mutation ' : ''
  const leaf = isCompositeType(getNamedType(of)) ? `${written} { __typename }` : written
  return `${keyword}{ ${[...path, leaf].reduceRight((within, field) => `${field} { ${within} }`)} }`
}

/** Of its fields. Fragments are no depth of their own. */
const depthOf = ({ path }: Place) => path.filter((it) => !it.startsWith('...')).length + 1

function below({ path }: Place, written: string, of: GraphQLOutputType): Place[] {
  const type = getNamedType(of)
  if (isObjectType(type)) return [{ type, path: [...path, written] }]
  if (!isAbstractType(type)) return []
  return schema.getPossibleTypes(type).map((it) => ({ type: it, path: [...path, written, `... on ${it.name}`] }))
}

/** Of a list that is to come or past, both; of everything else the first page, as long as it may be. */
function waysToWrite({ name }: GraphQLObjectType, field: GraphQLField<unknown, unknown>, facts: Facts): string[] {
  if (`${name}.${field.name}` === 'Patient.appointments')
    return ['UPCOMING', 'PAST'].map((it) => `appointments(period: ${it}, first: 50)`)
  const written = field.args.flatMap((it) => argument(it, facts))
  return [written.length ? `${field.name}(${written.join(', ')})` : field.name]
}

function argument({ name, type, defaultValue }: GraphQLArgument, facts: Facts): string[] {
  if (name === 'first') return ['first: 50']
  return isNonNullType(type) && defaultValue === undefined ? [`${name}: ${literal(name, type, facts)}`] : []
}

/** Any value that fits: of the person whom the facts are of, where they say one. Inputs are filled in whole. */
function literal(name: string, type: GraphQLInputType, facts: Facts): string {
  if (isNonNullType(type)) return literal(name, type.ofType as GraphQLInputType, facts)
  if (isListType(type)) return `[${literal(name, type.ofType as GraphQLInputType, facts)}]`
  if (isEnumType(type)) return type.getValues()[0]?.name ?? ''
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).map((it) => `${it.name}: ${literal(it.name, it.type, facts)}`)
    return `{ ${fields.join(', ')} }`
  }
  return facts(name) ?? literals[type.name] ?? '"x"'
}
const literals: Record<string, string> = {
  Int: '1',
  Float: '1',
  Boolean: 'true',
  DateTime: '"2026-11-23T10:00:00.000Z"',
  LocalDate: '"2026-11-23"',
}
