import { registerEnumType } from 'type-graphql'

/** How a message of one system was answered by another (HL7 v2, MSA-1). */
export enum Acknowledgement {
  AA = 'AA',
  AE = 'AE',
  AR = 'AR',
}
registerEnumType(Acknowledgement, {
  name: 'Acknowledgement',
  description: "How a message, of the hospital's systems or to them, was answered (HL7 v2, MSA-1).",
  valuesConfig: {
    AA: { description: 'Accepted: what it says stands.' },
    AE: { description: 'Refused: it can never work as it is.' },
    AR: { description: 'Refused for now, or not answered at all: send it again.' },
  },
})
