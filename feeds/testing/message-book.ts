import type { AnswerHospitalMessageInput, ReceiveHospitalMessageInput } from '../../client/main.ts'

interface Entry {
  id: string
  sender: string
  controlId: string
  type: string
  digest: string
  receivedAt: string
  acknowledgement?: string
  reason?: string | null
  text?: string | null
  replayedAt?: string
  /** Staff asked for it at their desk. */
  isToReplay?: boolean
}

/** Which messages came, and what was answered, in memory. */
export class MessageBook {
  readonly entries: Entry[] = []

  receiveHospitalMessage(input: ReceiveHospitalMessageInput) {
    const { sender, controlId, type, digest } = input
    const known = this.entries.find((it) => it.sender === sender && it.controlId === controlId)
    if (known && known.digest !== digest) return { __typename: 'HospitalMessageDiffers', message: 'Other content.' }
    if (known?.acknowledgement) return { __typename: 'HospitalMessageKnown', message: known }
    const id = `message-${this.entries.length + 1}`
    const entry = known ?? {
      id,
      sender,
      controlId,
      type,
      digest,
      receivedAt: new Date(this.entries.length).toISOString(),
    }
    if (!known) this.entries.push(entry)
    return { __typename: 'HospitalMessageNew', message: entry }
  }

  answerHospitalMessage({ id, acknowledgement, reason, text }: AnswerHospitalMessageInput) {
    const entry = this.entries.find((it) => it.id === id)
    if (!entry) throw new Error(`no message ${id}`)
    if (entry.acknowledgement) entry.replayedAt = new Date(0).toISOString()
    Object.assign(entry, { acknowledgement, reason, isToReplay: false }, text !== undefined && { text })
    return { __typename: 'HospitalMessageAnswered', message: entry }
  }

  hospitalMessagesToReplay() {
    return this.entries.filter(({ isToReplay }) => isToReplay)
  }

  refusedHospitalMessages({ first, after }: { first: number; after?: string }) {
    const refused = this.entries.filter(({ acknowledgement }) => acknowledgement === 'AE' || acknowledgement === 'AR')
    const from = after === undefined ? 0 : refused.findIndex(({ id }) => id === after) + 1
    const nodes = refused.slice(from, from + first)
    const hasNextPage = from + first < refused.length
    return { nodes, totalCount: refused.length, pageInfo: { hasNextPage, endCursor: nodes.at(-1)?.id ?? null } }
  }
}
