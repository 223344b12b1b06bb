import { registerEnumType } from 'type-graphql'

/** How patient and clinician meet. */
export enum Medium {
  FACE_TO_FACE = 'FACE_TO_FACE',
  VIDEO = 'VIDEO',
  PHONE = 'PHONE',
}
registerEnumType(Medium, {
  name: 'Medium',
  description: 'How patient and clinician meet.',
  valuesConfig: {
    FACE_TO_FACE: { description: 'The patient comes to the hospital.' },
    VIDEO: { description: 'By video call, which the patient joins.' },
    PHONE: { description: 'By phone: the hospital calls the patient.' },
  },
})
