import { readFileSync } from 'node:fs'
import { z } from 'zod'

const contactCard = z.strictObject({
  team: z.string().min(1),
  phone: z.e164().optional(),
  textphone: z.e164().optional(),
  email: z.email().optional(),
  hours: z.string().min(1),
})
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 20:00')

/** What differs between hospitals. A checked file: a setting, never code. */
const trustSchema = z.strictObject({
  profile: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1),
  shortName: z.string().min(1).max(24),
  serviceName: z.string().min(1),
  odsCode: z.string().regex(/^[A-Z0-9]{3,5}$/),
  partnerNames: z.array(z.string()),
  addressLines: z.array(z.string()).min(1),
  appointmentsTeam: contactCard,
  technicalSupport: contactCard,
  pals: contactCard,
  /** With registration, the first log in is the registration; without, the record on file is enough. */
  registration: z.boolean(),
  minimumAge: z.int().min(0).max(120),
  cancellationDischarges: z.boolean(),
  /** How often a patient may change one appointment; moves by the hospital do not count. */
  rescheduleLimit: z.int().min(0).max(20),
  /** Times are offered from tomorrow for so many weeks. */
  rescheduleWeeks: z.int().min(1).max(52),
  /** How many working days before an appointment the hospital asks to be told. Later warns, and never blocks. */
  noticeWorkingDays: z.int().min(0).max(20),
  /** For how long a patient's cancellation can be undone; its time is held until then. */
  undoMinutes: z.int().min(0).max(1440),
  /** Staff answer what patients ask for within so many working days. */
  requestAnswerWorkingDays: z.int().min(1).max(20),
  /** Reports in words open by themselves after so many days, unless a clinician opens or holds them. */
  resultReleaseDays: z.int().min(1).max(60),
  /** So many days before a result opens by itself, the staff desk says so. */
  resultAlarmDays: z.int().min(0).max(30),
  /** How results with codes of the trust's own laboratories come to be open; "L" is a code that names no system. */
  resultClasses: z.array(
    z.strictObject({
      system: z.string().min(1),
      class: z.enum(['NUMERIC', 'REPORT', 'CLINICIAN_ONLY']),
      codes: z.array(z.string().min(1)).min(1),
    }),
  ),
  /** Where appointments of the NHS e-Referral Service are changed. */
  eReferralUrl: z.url({ protocol: /^https$/ }),
  /** No message is sent in these hours but codes, replies to the patient's own act, and cancellations of today or tomorrow. */
  quietHours: z.strictObject({ from: timeOfDay, to: timeOfDay }).nullable(),
})
export type Trust = z.infer<typeof trustSchema>

/** Reads a shipped profile by its name, or a trust's own by a path that ends in `.json`. Throws with every fault at once. */
export function readTrust(profile: string): Trust {
  const file = profile.endsWith('.json') ? profile : new URL(`../trusts/${profile}.json`, import.meta.url)
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`TRUST_PROFILE: cannot read the profile "${profile}"`, { cause: error })
  }
  const result = trustSchema.safeParse(content)
  if (result.success) return result.data
  const faults = result.error.issues.map(
    (issue) => `TRUST_PROFILE ${profile}: ${issue.path.join('.')}: ${issue.message}`,
  )
  throw new Error(faults.join('\n'))
}
