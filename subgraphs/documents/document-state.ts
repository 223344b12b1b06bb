import { registerEnumType } from 'type-graphql'

/** Whether a document can be read. */
export enum DocumentState {
  READY = 'READY',
  WAITING = 'WAITING',
  WITHDRAWN = 'WITHDRAWN',
}
registerEnumType(DocumentState, {
  name: 'DocumentState',
  description: 'Whether the patient can read a document.',
  valuesConfig: {
    READY: { description: 'It can be read.' },
    WAITING: { description: 'It is there, and opens later: see opensAt and notice.' },
    WITHDRAWN: { description: 'The hospital took it back.' },
  },
})
