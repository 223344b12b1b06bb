import { randomInt } from 'node:crypto'
import { type Given, missing } from './given.ts'
import { flag, text, type Order, type OrderForm, type OrderForms } from './order.ts'
import { NotUnderstoodCommand } from './usage.ts'

/** Commands about appointments, from booking them to what became of them. */
export const appointmentOrders: OrderForms<'book' | 'move' | 'cancel' | 'amend' | 'attended' | 'missed' | 'delete'> = {
  book: {
    options: {
      patient: text,
      clinic: text,
      at: text,
      minutes: text,
      clinician: text,
      medium: text,
      id: text,
      admission: flag,
    },
    read: readBooking,
  },
  move: {
    options: { at: text, patient: text },
    read: (given) => ({
      kind: 'move',
      id: given.word('appointment'),
      at: given.time('at') ?? missing('--at'),
      ...given.optional('patient'),
    }),
  },
  cancel: {
    options: { reason: text, patient: text },
    read: (given) => ({
      kind: 'cancel',
      id: given.word('appointment'),
      ...given.optional('reason'),
      ...given.optional('patient'),
    }),
  },
  amend: { options: { transport: flag, interpreter: text, nothing: flag, patient: text }, read: readAmendment },
  attended: ofAppointment('attended'),
  missed: ofAppointment('missed'),
  delete: ofAppointment('delete'),
}

const media = { 'face-to-face': 'FACE_TO_FACE', video: 'VIDEO', phone: 'PHONE' } as const

function readBooking(given: Given): Order {
  const at = given.time('at')
  const minutes = given.minutes()
  const medium = given.text('medium')
  if (medium !== undefined && !Object.hasOwn(media, medium))
    throw new NotUnderstoodCommand(`--medium: "${medium}" is none of face-to-face, video, phone.`)
  return {
    kind: 'book',
    patient: given.text('patient') ?? missing('--patient'),
    admission: given.flag('admission'),
    id: given.text('id') ?? `HB-${randomInt(100_000, 999_999)}`,
    ...given.optional('clinic'),
    ...given.optional('clinician'),
    ...(at && { at }),
    ...(minutes !== undefined && { minutes }),
    ...(medium !== undefined && { medium: media[medium as keyof typeof media] }),
  }
}

function readAmendment(given: Given): Order {
  const transport = given.flag('transport')
  const { interpreter } = given.optional('interpreter')
  if (given.flag('nothing') === (transport || interpreter !== undefined))
    throw new NotUnderstoodCommand('Say what is arranged: --transport, --interpreter Polish or both; or --nothing.')
  return {
    kind: 'amend',
    id: given.word('appointment'),
    transport,
    ...(interpreter !== undefined && { interpreter }),
    ...given.optional('patient'),
  }
}

function ofAppointment(kind: 'attended' | 'missed' | 'delete'): OrderForm {
  return {
    options: { patient: text },
    read: (given) => ({ kind, id: given.word('appointment'), ...given.optional('patient') }),
  }
}
