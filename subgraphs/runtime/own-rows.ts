import type { EventArgs, EventSubscriber } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/sql'
import { forbidden } from './graph-error.ts'
import { mayMeet } from './grant.ts'
import type { Viewer } from './viewer.ts'

/**
 * The row filters show a patient no row of anybody else, and a partner none that is not shared with it. Should one ever
 * fail, what it lets through is stopped here: neither loaded nor written.
 */
export class OwnRowsOnly implements EventSubscriber {
  onLoad = (event: EventArgs<object>) => refuseForeign(event)
  beforeCreate = (event: EventArgs<object>) => refuseForeign(event)
  beforeUpdate = (event: EventArgs<object>) => refuseForeign(event)
  beforeDelete = (event: EventArgs<object>) => refuseForeign(event)
}

function refuseForeign({ entity, em }: EventArgs<object>): void {
  const { viewer } = (em as EntityManager).getFilterParams<{ viewer?: Viewer }>('viewer')
  if (!viewer || !('ownerId' in entity)) return
  const sharedAs = 'sharedAs' in entity ? String(entity.sharedAs) : undefined
  if (!mayMeet(viewer, String(entity.ownerId), sharedAs)) throw forbidden('You cannot see or do this.')
}
