import { registerEnumType } from 'type-graphql'

/** How results of a kind come to be open. */
export enum ReleaseClass {
  NUMERIC = 'NUMERIC',
  REPORT = 'REPORT',
  CLINICIAN_ONLY = 'CLINICIAN_ONLY',
}
registerEnumType(ReleaseClass, {
  name: 'ReleaseClass',
  description: 'How results of a kind come to be open.',
  valuesConfig: {
    NUMERIC: { description: 'At once when final.' },
    REPORT: { description: 'When a clinician releases it, or after the days that the trust sets (resultReleaseDays).' },
    CLINICIAN_ONLY: { description: 'Only when a clinician releases it.' },
  },
})

/** Why a result is open, or waits. */
export enum ReleaseReason {
  AT_ONCE = 'AT_ONCE',
  PRELIMINARY = 'PRELIMINARY',
  CRITICAL_FLAG = 'CRITICAL_FLAG',
  UNKNOWN_CODE = 'UNKNOWN_CODE',
  REPORT = 'REPORT',
  CLINICIAN_ONLY = 'CLINICIAN_ONLY',
  RELEASED = 'RELEASED',
  HELD = 'HELD',
  RETRACTED = 'RETRACTED',
}
registerEnumType(ReleaseReason, {
  name: 'ReleaseReason',
  description: 'Why a result is open, or waits.',
  valuesConfig: {
    AT_ONCE: { description: 'Its kind is open at once.' },
    PRELIMINARY: { description: 'The laboratory has not finished.' },
    CRITICAL_FLAG: { description: 'A value is flagged as critical: a clinician looks first.' },
    UNKNOWN_CODE: {
      description: 'The portal does not know the test, or the flag of a value: a clinician looks first.',
    },
    REPORT: { description: 'A report in words: a clinician releases it, or it opens after some days.' },
    CLINICIAN_ONLY: { description: 'Of a kind that only a clinician releases.' },
    RELEASED: { description: 'A clinician released it.' },
    HELD: { description: 'A clinician holds it until a day.' },
    RETRACTED: { description: 'A clinician took it back.' },
  },
})

/** What was done to how a result comes to be open. */
export enum ReleaseAct {
  RECEIVED = 'RECEIVED',
  CORRECTED = 'CORRECTED',
  RELEASED = 'RELEASED',
  HELD = 'HELD',
  RETRACTED = 'RETRACTED',
  OPENED = 'OPENED',
  WITHDRAWN = 'WITHDRAWN',
}
registerEnumType(ReleaseAct, {
  name: 'ReleaseAct',
  description: 'What was done to how a result comes to be open.',
  valuesConfig: {
    RECEIVED: { description: 'The laboratory sent it.' },
    CORRECTED: { description: 'The laboratory sent it again.' },
    RELEASED: { description: 'A clinician opened it to the patient.' },
    HELD: { description: 'A clinician held it until a day.' },
    RETRACTED: { description: 'A clinician took it back.' },
    OPENED: { description: 'Its time came.' },
    WITHDRAWN: { description: 'The laboratory took it back.' },
  },
})
