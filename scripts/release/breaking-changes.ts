import { CriticalityLevel, diff } from '@graphql-inspector/core'
import { everything, namesOf, type Reach, reachOf, readers } from '../../gateway/reference/main.ts'
import type { Contract } from './released-graph.ts'

/** Something that worked with the last release, and no longer does. */
export interface BreakingChange {
  readonly change: string
  /** The roles it worked for. */
  readonly roles: readonly string[]
}

/** What breaks between two contracts, and for whom. What nobody could reach breaks for nobody. */
export async function breakingChanges(before: Contract, now: Contract): Promise<BreakingChange[]> {
  const reaches = readers.map(({ role }) => ({ role, reach: reachOf(before.schema, before.rules, role) }))
  const all = everything(before.schema)
  const rolesAt = (path = '') => reaches.filter(({ reach }) => meets(reach, all, path)).map(({ role }) => role)
  const changes = (await diff(before.schema, now.schema))
    .filter((it) => it.criticality.level === CriticalityLevel.Breaking)
    .map(({ message, path }) => ({ change: message, roles: rolesAt(path) }))
  return [...changes, ...narrowedRules(before, now, rolesAt)].filter((it) => it.roles.length > 0)
}

/**
 * Whether somebody met what stands at `Type.field`, `Type.field.argument` or `Type`. What is new there meets whoever met
 * its type; what is of no type, such as a directive, meets everybody.
 */
function meets(reach: Reach, all: Reach, path: string): boolean {
  const [type = '', member = ''] = path.split('.')
  if (!all.has(type)) return true
  return all.get(type)?.has(member) ? reach.get(type)?.has(member) === true : reach.has(type)
}

/** Fields that are still there, but no longer for everybody who could use them. */
function narrowedRules(before: Contract, now: Contract, rolesAt: (path: string) => string[]): BreakingChange[] {
  const there = everything(now.schema)
  return [...before.rules].flatMap(([path, rule]) => {
    const [type = '', field = ''] = path.split('.')
    if (!there.get(type)?.has(field)) return []
    const after = now.rules.get(path)
    const reached = rolesAt(path).filter((it) => rule.roles.has(it))
    const lost = reached.filter((it) => !after?.roles.has(it))
    const needed = (after?.scopes ?? []).filter((it) => !rule.scopes.includes(it))
    const isPartners = reached.includes('PARTNER') && !lost.includes('PARTNER')
    return [
      ...(lost.length > 0 ? [{ change: `Field '${path}' is no longer for ${namesOf(lost)}`, roles: lost }] : []),
      ...(isPartners && needed.length > 0
        ? [{ change: `Field '${path}' now needs the scope ${needed.join(' and ')}`, roles: ['PARTNER'] }]
        : []),
    ]
  })
}
