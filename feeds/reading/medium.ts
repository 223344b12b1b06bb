import type { Medium } from '../../client/main.ts'
import type { Hl7Message } from '../hl7/message.ts'
import { activeResources } from './active-resources.ts'

/** "Consultation mechanism" of the NHS Data Dictionary. */
const codes: Record<string, Medium> = { '01': 'FACE_TO_FACE', '02': 'PHONE', '03': 'VIDEO', '11': 'VIDEO' }
const words: [RegExp, Medium][] = [
  [/\b(?:tel|telephone|phone|teleconsultation)\b/i, 'PHONE'],
  [/\b(?:video|vc|attend ?anywhere)\b/i, 'VIDEO'],
  [/\b(?:face[ _-]?to[ _-]?face|f2f|ftf|in[ -]person)\b/i, 'FACE_TO_FACE'],
]

/** How the patient and the clinician meet, from SCH-8 or the name of the service. Left open when neither says. */
export function readMedium(message: Hl7Message): Medium | undefined {
  const type = message.segment('SCH')?.repetitions(8)[0]
  const code = codes[type?.text(1) ?? '']
  if (code) return code
  const service = activeResources(message, 'AIS')[0]
  const said = [type?.text(1), type?.text(2), service?.text(3, 2)].filter((text) => text !== undefined)
  for (const text of said) for (const [word, medium] of words) if (word.test(text)) return medium
  return undefined
}
