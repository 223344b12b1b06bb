import { registerEnumType } from 'type-graphql'

/** How far a result is. */
export enum TestResultStatus {
  PRELIMINARY = 'PRELIMINARY',
  FINAL = 'FINAL',
  CORRECTED = 'CORRECTED',
  WITHDRAWN = 'WITHDRAWN',
}
registerEnumType(TestResultStatus, {
  name: 'TestResultStatus',
  description: 'How far a result is.',
  valuesConfig: {
    PRELIMINARY: { description: 'The laboratory has not finished: it may change.' },
    FINAL: { description: 'The laboratory has finished.' },
    CORRECTED: { description: 'It replaces one that was wrong.' },
    WITHDRAWN: { description: 'The laboratory took it back.' },
  },
})
