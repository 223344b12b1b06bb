import { ApolloArmor } from '@escape.tech/graphql-armor'
import { GraphQLError, Kind } from 'graphql'
import type { SelectionSetNode, ValidationRule } from 'graphql'

/** Tokens in one operation. Checked by the parser itself, so that the rest of a huge text is never read. */
export const MOST_TOKENS = 1_000
const MOST_TIMES_ONE_FIELD = 5
const LONGEST_NAME = 100

const rule = (n: number, words: string) => ({ n, exposeLimits: false, errorMessage: `This operation ${words}` })

/**
 * What an operation may cost before it is planned. The words do not tell the limits.
 * Cost: the dearest operation of the site, its page of 20 coming and 20 past appointments, costs 6,463 of the 20,000.
 */
const armour = new ApolloArmor({
  maxDepth: {
    ...rule(8, 'is nested too deeply. Ask in several operations.'),
    flattenFragments: true,
    ignoreIntrospection: true,
  },
  maxAliases: { ...rule(15, 'gives too many other names to fields. Ask in several operations.'), allowList: [] },
  maxDirectives: rule(5, 'uses too many directives.'),
  costLimit: {
    maxCost: 20_000,
    flattenFragments: true,
    exposeLimits: false,
    errorMessage: 'This operation asks for too much at once. Ask in several operations.',
  },
  maxTokens: { enabled: false },
  blockFieldSuggestion: { enabled: false },
}).protect()

/** The same field again and again costs parsing, merging and nothing else: nobody needs it. */
const noRepetition: ValidationRule = (context) => ({
  SelectionSet(node: SelectionSetNode) {
    const times = new Map<string, number>()
    for (const selection of node.selections) {
      if (selection.kind !== Kind.FIELD) continue
      const name = selection.alias?.value ?? selection.name.value
      const count = (times.get(name) ?? 0) + 1
      times.set(name, count)
      if (count === MOST_TIMES_ONE_FIELD + 1)
        context.reportError(new GraphQLError('This operation repeats a field too often.', { nodes: selection }))
    }
  },
})

/** The name goes into the audit, where it stays: nobody fills that with names. */
const shortNames: ValidationRule = (context) => ({
  OperationDefinition({ name }) {
    if (name && name.value.length > LONGEST_NAME)
      context.reportError(
        new GraphQLError('This operation has too long a name. Give it a shorter one.', { nodes: name }),
      )
  },
})

export const operationLimits: ValidationRule[] = [...armour.validationRules, noRepetition, shortNames]
