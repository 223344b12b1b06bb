import type { ApolloServerPlugin } from '@apollo/server'
import { Bounded } from './bounded.ts'
import type { FieldRules } from './field-rules.ts'
import type { Inquiry } from './inquiry.ts'
import { firstForbiddenField } from './permission.ts'
import { badInput, notLoggedIn, Problem } from './problem.ts'
import type { Role, Viewer } from './viewer.ts'

const MOST_REMEMBERED = 5_000

/** Those who may read the whole graph in production too. */
const trusted: ReadonlySet<Role> = new Set(['STAFF', 'SYSTEM'])

/** Refuses an operation as a whole when its role may not use one of its fields: before anything is planned. */
export function permission(rules: FieldRules, production: boolean): ApolloServerPlugin<Inquiry> {
  const remembered = new Bounded<{ forbidden: string | undefined }>(MOST_REMEMBERED)
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ schema, document, operation, queryHash, contextValue: { viewer, rehearsal } }) => {
        if (!operation) throw badInput('Say with "operationName" which operation of this text to run.')
        if (!schema.getRootType(operation.operation)) throw badInput(`The graph has no ${operation.operation}.`)
        if (rehearsal) return
        const mayIntrospect = !production || trusted.has(viewer.role)
        const key = [queryHash, operation.name?.value, viewer.role, ...viewer.scopes].join(' ')
        const { forbidden } = remembered.remember(key, () => ({
          forbidden: firstForbiddenField(schema, rules, document, operation, viewer, mayIntrospect),
        }))
        if (forbidden !== undefined)
          throw missingScope(viewer, forbidden, rules) ?? refused(viewer, forbidden, mayIntrospect)
      },
    }),
  }
}

/** A partner is told what its token lacks: it may be able to get another. */
function missingScope({ role, scopes }: Viewer, field: string, rules: FieldRules): Problem | undefined {
  const rule = rules.get(field)
  const missing = rule?.scopes.find((it) => !scopes.includes(it))
  if (role !== 'PARTNER' || !rule?.roles.has(role) || missing === undefined) return undefined
  return new Problem('FORBIDDEN', `${field} needs a token with the scope ${missing}.`)
}

function refused({ role }: Viewer, field: string, mayIntrospect: boolean): Problem {
  if (role === 'ANONYMOUS') return notLoggedIn()
  return new Problem(
    'FORBIDDEN',
    mayIntrospect ? `The role ${role} may not use ${field}.` : 'You may not ask for this.',
  )
}
