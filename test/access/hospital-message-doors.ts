import type { Cast } from './cast.ts'
import { type Door, keyed, mutation, outcome } from './door.ts'
import { aMessage } from './hospital-messages.ts'

const answered = keyed(({ messages }) => ({ id: messages.refused.id, acknowledgement: 'AE', reason: 'No patient' }))
const again = keyed(({ messages }) => ({ hospitalMessageId: messages.toReplay.id }))
const known = (which: keyof Cast['messages']) =>
  keyed(({ messages }) => {
    const { id: _, ...message } = messages[which]
    return message
  })
const list = (text: string): Door => ({ at: 'both', text, variables: () => ({}) })

/** How each root field about the hospital's messages is asked. */
export const hospitalMessageRootDoors: Record<string, Door[]> = {
  'Query.refusedHospitalMessages': [list('{ wanted: refusedHospitalMessages { __typename } }')],
  'Query.hospitalMessagesToReplay': [list('{ wanted: hospitalMessagesToReplay { __typename } }')],
  'Mutation.receiveHospitalMessage': [mutation('receiveHospitalMessage', keyed(aMessage))],
  'Mutation.answerHospitalMessage': [mutation('answerHospitalMessage', answered)],
  'Mutation.requestReplay': [mutation('requestReplay', again)],
}

/** What keeping them comes to. */
export const hospitalMessageOutcomeDoors: Record<string, Door[]> = {
  HospitalMessageNew: outcome('receiveHospitalMessage', 'HospitalMessageNew', keyed(aMessage)),
  HospitalMessageKnown: outcome('receiveHospitalMessage', 'HospitalMessageKnown', known('refused')),
  HospitalMessageDiffers: outcome('receiveHospitalMessage', 'HospitalMessageDiffers', async (cast, actor) => {
    const { input } = (await known('refused')(cast, actor)) as { input: object }
    return { input: { ...input, digest: 'another' } }
  }),
  HospitalMessageAnswered: outcome('answerHospitalMessage', 'HospitalMessageAnswered', answered),
  ReplayRequested: outcome('requestReplay', 'ReplayRequested', again),
  HospitalMessageNotFound: outcome(
    'requestReplay',
    'HospitalMessageNotFound',
    keyed(({ messages }) => ({ hospitalMessageId: messages.replayed.id })),
  ),
}

/** One that was accepted at last is in no list: the feeds hear of it when it comes once more. Staff see no such one. */
export const replayedAtDoors: Door[] = [
  ...outcome('receiveHospitalMessage', 'HospitalMessageKnown', known('replayed')).map((it) => ({
    ...it,
    text: it.text.replace('{ % }', '{ message { % } }'),
  })),
  list('{ refusedHospitalMessages { nodes { % } } }'),
]
