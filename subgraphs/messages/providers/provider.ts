import type { Channel } from '../outgoing-message.entity.ts'
import type { Words } from '../wording.ts'

export interface Envelope {
  /** Ours, and opaque: the provider is asked by it when its answer was lost. */
  readonly reference: string
  readonly to: string
  readonly words: Words
}

/** What came of giving a message to the provider. */
export type Handed =
  | { readonly outcome: 'ACCEPTED'; readonly providerId: string | null }
  /** It can never work: a number that is none. */
  | { readonly outcome: 'REFUSED'; readonly errorCode: string }
  /** Busy, away, or we do not know: perhaps it was accepted. */
  | { readonly outcome: 'NOT_NOW'; readonly errorCode: string; readonly retryAfter?: string }

/** What the provider knows of a message. */
export interface Known {
  readonly providerId: string
  readonly delivery: 'ON_ITS_WAY' | 'DELIVERED' | 'FAILED'
  readonly status: string
}

/** Who carries messages of one channel: GOV.UK Notify, or a mail server. Never throws what quotes a contact. */
export interface Provider {
  /** False for one that can neither be asked for a message nor says what became of it. */
  readonly remembers: boolean
  send(envelope: Envelope): Promise<Handed>
  /** Undefined when the provider has no such message. Throws when it cannot be asked. */
  find(reference: string): Promise<Known | undefined>
}

export type Providers = Readonly<Record<Channel, Provider>>

/** The provider could not be asked. Says only a code. */
export class ProviderAway extends Error {
  readonly code: string

  constructor(code: string) {
    super(`the provider could not be asked: ${code}`)
    this.code = code
  }
}
