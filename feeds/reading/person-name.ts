import type { PersonNameInput } from '../../client/main.ts'
import type { Fault } from '../hl7/fault.ts'
import type { Repetition, Segment } from '../hl7/segment.ts'

/** Reads PID-5: the legal name if the message marks one. */
export function readName(pid: Segment, faults: Fault[]): PersonNameInput | undefined {
  const names = pid.repetitions(5)
  const chosen = byPreference(names)
  if (!chosen) return undefined
  if (chosen.isCleared) {
    faults.push({ where: 'PID-5', what: 'a name cannot be cleared. Send the name, or leave the field empty.' })
    return undefined
  }
  const family = familyName(chosen)
  if (family === undefined) {
    faults.push({ where: 'PID-5.1', what: 'the family name is missing. Send Family^Given, or leave PID-5 empty.' })
    return undefined
  }
  const given = [chosen.text(2), ...(chosen.text(3)?.split(/\s+/) ?? [])].filter((name) => name !== undefined)
  const title = chosen.text(5)
  return { given, family, ...(title !== undefined && { title }) }
}

const preference = ['L', '', 'U', 'D']
function byPreference(names: Repetition[]): Repetition | undefined {
  for (const type of preference) {
    const name = names.find((it) => (it.text(7) ?? '') === type)
    if (name) return name
  }
  return names[0]
}

/** The surname, its prefix included ("van", "de la"), whether it is written inside the surname or beside it. */
function familyName(name: Repetition): string | undefined {
  const [whole, prefix, own] = [name.text(1, 1), name.text(1, 2), name.text(1, 3)]
  const surname = whole ?? own
  if (surname === undefined || prefix === undefined) return surname
  return surname.toLowerCase().startsWith(`${prefix.toLowerCase()} `) ? surname : `${prefix} ${surname}`
}
