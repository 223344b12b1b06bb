import { defineEntity, p } from '@mikro-orm/core'
import { Acknowledgement } from '../runtime/acknowledgement.ts'
import type { SealedTexts } from './sealed-text.ts'

export const refusals = [Acknowledgement.AE, Acknowledgement.AR]

const HospitalMessageTable = defineEntity({
  name: 'HospitalMessage',
  properties: {
    id: p.string().primary(),
    sender: p.string(),
    controlId: p.string(),
    type: p.string(),
    eventAt: p.datetime(3).nullable(),
    /** Fingerprint of the content: the same control id with another content is a mistake of the sender. */
    digest: p.string(),
    receivedAt: p.datetime(3),
    acknowledgement: p.enum(() => Acknowledgement).nullable(),
    reason: p.text().nullable(),
    /** A refused message, whole, so that it can be replayed. Readable only with the key outside the database. */
    sealedText: p.text().nullable(),
    replayedAt: p.datetime(3).nullable(),
    /** When staff asked for it to be taken again. Null once it was, whatever came of it. */
    replayRequestedAt: p.datetime(3).nullable(),
  },
  uniques: [{ name: 'hospital_message_control_id', properties: ['sender', 'controlId'] }],
  indexes: [
    { name: 'hospital_message_refused', properties: ['acknowledgement', 'receivedAt'] },
    { name: 'hospital_message_to_replay', properties: ['replayRequestedAt'] },
  ],
})

/** One message of the hospital's systems: that it came, and how it was answered. */
export class HospitalMessage extends HospitalMessageTable.class {
  /** Never answered (a crash in between), or told to come again. */
  get isStillToBeDone(): boolean {
    return !this.acknowledgement || this.acknowledgement === Acknowledgement.AR
  }

  /** Keeps the answer. What was once accepted stays accepted; what is accepted at last is marked, and its text wiped. */
  answer(
    answer: { acknowledgement: Acknowledgement; reason?: string | null; text?: string | null },
    { now, texts }: { now: Date; texts: SealedTexts },
  ): void {
    this.replayRequestedAt = null
    if (this.acknowledgement === Acknowledgement.AA) return
    const accepted = answer.acknowledgement === Acknowledgement.AA
    if (accepted && this.acknowledgement) this.replayedAt = now
    this.acknowledgement = answer.acknowledgement
    this.reason = answer.reason ?? null
    if (accepted) this.sealedText = null
    else if (answer.text) this.sealedText = texts.seal(answer.text, this.id)
  }
}
HospitalMessageTable.setClass(HospitalMessage)
