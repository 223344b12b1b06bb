import { Kind, parse } from 'graphql'
import type { GraphQLSchema, OperationDefinitionNode } from 'graphql'
import type { FieldRule, FieldRules } from '../field-rules.ts'
import { firstForbiddenField } from '../permission.ts'
import { namesOf, type Reader, readers } from '../reference/reader.ts'
import type { Question } from './graph.ts'

type RuleText = Record<string, { roles: string[]; scopes: string[] }>

let rules: Promise<FieldRules> | undefined

/** The rule of every field, as the reference has it. */
async function fieldRules(): Promise<FieldRules> {
  const response = await fetch('/sandbox/reference/who-may.json')
  const text = (await response.json()) as RuleText
  return new Map(
    Object.entries(text).map(([field, rule]): [string, FieldRule] => [field, { ...rule, roles: new Set(rule.roles) }]),
  )
}

/** Why an operation was refused to somebody, and for whom it is, in words. */
export async function whyRefused(
  question: Question,
  schema: GraphQLSchema,
  asker: Reader,
): Promise<string | undefined> {
  const document = parse(question.query)
  const operation = document.definitions.find(
    (it): it is OperationDefinitionNode =>
      it.kind === Kind.OPERATION_DEFINITION && (!question.operationName || it.name?.value === question.operationName),
  )
  if (!operation) return undefined
  const known = await (rules ??= fieldRules())
  const scopes = [...known.values()].flatMap((it) => it.scopes)
  const refusedTo = ({ role }: Reader) =>
    firstForbiddenField(schema, known, document, operation, { role, actorId: '', patientIds: [], scopes }, true)
  const field = refusedTo(asker)
  if (field === undefined)
    return asker.role === 'PARTNER' ? 'The scopes of this token do not reach that far.' : undefined
  const others = readers.filter((it) => refusedTo(it) === undefined).map((it) => it.role)
  const name = operation.name ? `“${operation.name.value}”` : 'This operation'
  const forWhom =
    others.length > 0
      ? `${name} is for ${namesOf(others)}: choose who asks at the top.`
      : 'Nobody may ask for all of it at once.'
  return `${field} is not for ${asker.name}. ${forWhom}`
}
