import type { EntityClass, EntityMetadata, FilterQuery } from '@mikro-orm/core'
import type { Role, Viewer } from './viewer.ts'

/** Which rows of an entity a viewer sees: a condition, everything, or (a role left out) nothing at all. */
export type RowRule = typeof everything | ((viewer: Viewer) => FilterQuery<object>)
export type RowRules = Partial<Record<Role, RowRule>>

/** Every row. Written out, so that a reviewer meets it. */
export const everything = Symbol('every row')

/** The rows whose `patientId` is one of this patient's ids. */
export const own: RowRule = (viewer) => ({ patientId: { $in: viewer.patientIds } })

export class Policy {
  readonly #rules = new Map<string, RowRules>()

  constructor(table: [entity: EntityClass<object>, rules: RowRules][]) {
    for (const [entity, rules] of table) this.#rules.set(entity.name, rules)
  }

  with(other: Policy): Policy {
    const both = new Policy([])
    for (const [name, rules] of [...this.#rules, ...other.#rules]) both.#rules.set(name, rules)
    return both
  }

  /** An entity that nobody wrote a rule for must not start: no rule means no, and no surprise. */
  assertCovers(entities: string[]): void {
    const missing = entities.filter((name) => !this.#rules.has(name))
    if (missing.length) throw new Error(`policy: no row rules for ${missing.join(', ')}`)
  }

  /** The condition that every query on this entity gets. */
  rowsFor(entity: EntityMetadata, viewer: Viewer): FilterQuery<object> {
    const rule = this.#rules.get(entity.className)?.[viewer.role]
    if (rule === everything) return {}
    return rule ? rule(viewer) : noRow(entity)
  }
}

const noRow = (entity: EntityMetadata): FilterQuery<object> => ({ [entity.primaryKeys[0] ?? 'id']: { $in: [] } })

/** What every kind of viewer sees of each entity, on one page. */
export const rows = (...table: [entity: EntityClass<object>, rules: RowRules][]) => new Policy(table)
