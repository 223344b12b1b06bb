import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import type { Graph } from '../../subgraphs/runtime/reaction.ts'
import {
  AppointmentToTellDocument,
  type AppointmentToTellQuery,
  type AppointmentToTellQueryVariables,
  DocumentToTellDocument,
  type DocumentToTellQuery,
  type DocumentToTellQueryVariables,
  HandOverLoginCodeDocument,
  type HandOverLoginCodeMutation,
  type HandOverLoginCodeMutationVariables,
  LoginCodeToSendDocument,
  type LoginCodeToSendQuery,
  type LoginCodeToSendQueryVariables,
} from '../../subgraphs/messages/graph/index.ts'

export type Booked = NonNullable<AppointmentToTellQuery['appointment']>
export type Published = NonNullable<DocumentToTellQuery['document']>
export type Reader = NonNullable<DocumentToTellQuery['patient']>
export type Code = NonNullable<LoginCodeToSendQuery['loginCode']>

/** The part of the graph that `messages` asks, as the other subgraphs would answer. */
export class Neighbours implements Graph {
  readonly appointments = new Map<string, Booked>()
  readonly documents = new Map<string, Published>()
  readonly readers = new Map<string, Reader>()
  readonly codes = new Map<string, Code>()
  readonly wiped: string[] = []
  away = false
  /** Runs before each answer, so that a test can let something happen in between. */
  onAsk: () => unknown = () => undefined

  ask<Answer, Variables extends object>(
    document: TypedDocumentNode<Answer, Variables>,
    variables: Variables,
  ): Promise<Answer> {
    this.onAsk()
    if (this.away) return Promise.reject(new Error('the graph is away'))
    return Promise.resolve(this.#answer(document, variables) as Answer)
  }

  #answer(document: unknown, variables: object) {
    if (document === AppointmentToTellDocument) return this.#appointment(variables as AppointmentToTellQueryVariables)
    if (document === DocumentToTellDocument) return this.#document(variables as DocumentToTellQueryVariables)
    if (document === LoginCodeToSendDocument) return this.#loginCode(variables as LoginCodeToSendQueryVariables)
    if (document === HandOverLoginCodeDocument) return this.#wipe(variables as HandOverLoginCodeMutationVariables)
    throw new Error('nobody answers this operation')
  }

  #appointment({ appointmentId }: AppointmentToTellQueryVariables): AppointmentToTellQuery {
    return { appointment: this.appointments.get(String(appointmentId)) ?? null }
  }

  #document({ documentId, patientId }: DocumentToTellQueryVariables): DocumentToTellQuery {
    const document = this.documents.get(String(documentId)) ?? null
    return { document, patient: this.readers.get(String(patientId)) ?? null }
  }

  #loginCode({ challengeId }: LoginCodeToSendQueryVariables): LoginCodeToSendQuery {
    return { loginCode: this.codes.get(String(challengeId)) ?? null }
  }

  #wipe({ input }: HandOverLoginCodeMutationVariables): HandOverLoginCodeMutation {
    this.codes.delete(String(input.challengeId))
    this.wiped.push(String(input.challengeId))
    return { handOverLoginCode: { __typename: 'LoginCodeHandedOver' } }
  }
}
