import { Kind, parse, valueFromASTUntyped } from 'graphql'
import type { ConstDirectiveNode, FieldDefinitionNode } from 'graphql'

/** Who may use one field: the roles, and for a partner the scopes. Whose rows it shows is the subgraph's to enforce. */
export interface FieldRule {
  roles: ReadonlySet<string>
  scopes: readonly string[]
}

/** The rule of each field, by `Type.field`. A field that is not here may be used by nobody. */
export type FieldRules = ReadonlyMap<string, FieldRule>

/** Reads `@auth(roles, scopes)` from every field of the supergraph's object types. Interfaces carry none, on purpose. */
export function readFieldRules(supergraph: string): FieldRules {
  const rules = new Map<string, FieldRule>()
  for (const definition of parse(supergraph, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue
    for (const field of definition.fields ?? []) {
      const rule = ruleOf(field)
      if (rule) rules.set(`${definition.name.value}.${field.name.value}`, rule)
    }
  }
  if (rules.size === 0)
    throw new Error('The supergraph has no field with @auth: nobody could ask anything. Run `npm run schema`.')
  return rules
}

function ruleOf(field: FieldDefinitionNode): FieldRule | undefined {
  const [rule, another] = (field.directives ?? []).filter((it) => it.name.value === 'auth')
  if (!rule || another) return undefined
  return { roles: new Set(words(rule, 'roles')), scopes: words(rule, 'scopes') }
}

function words(directive: ConstDirectiveNode, argument: string): string[] {
  const given = directive.arguments?.find((it) => it.name.value === argument)
  const value: unknown = given && valueFromASTUntyped(given.value)
  return Array.isArray(value) ? value.map(String) : []
}
