import { defineEntity, OptionalProps, p } from '@mikro-orm/core'

const linkMilliseconds = 30 * 24 * 60 * 60 * 1000

const LinkTable = defineEntity({
  name: 'Link',
  properties: {
    reference: p.string().primary(),
    patientId: p.string(),
    path: p.string(),
    expiresAt: p.datetime(3),
  },
  indexes: [{ name: 'link_expires_at', properties: ['expiresAt'] }],
})

/** Where the address in a message leads, for its own patient and nobody else. Worth nothing to whoever finds it. */
export class Link extends LinkTable.class {
  declare [OptionalProps]?: 'ownerId'

  get ownerId() {
    return this.patientId
  }

  static to(path: string, { reference, patientId }: { reference: string; patientId: string }, now: Date) {
    return { reference, patientId, path, expiresAt: new Date(now.getTime() + linkMilliseconds) }
  }
}
LinkTable.setClass(Link)
