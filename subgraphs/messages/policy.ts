import { everything, own, rows } from '../runtime/rows.ts'
import { Role } from '../runtime/viewer.ts'
import { HospitalMessage } from './hospital-message.entity.ts'
import { Link } from './link.entity.ts'
import { OutgoingMessage } from './outgoing-message.entity.ts'

/** Who sees which rows of `messages`. */
export const policy = rows(
  [OutgoingMessage, { [Role.SYSTEM]: everything }],
  [Link, { [Role.PATIENT]: own, [Role.SYSTEM]: everything }],
  [HospitalMessage, { [Role.SYSTEM]: everything, [Role.STAFF]: everything }],
)
