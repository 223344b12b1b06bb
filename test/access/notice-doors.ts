import { randomUUID } from 'node:crypto'
import type { Cast } from './cast.ts'
import { type Door, keyed, mutation, outcome, type Variables } from './door.ts'
import type { Actor } from './matrix.ts'
import {
  aClaimedNotice,
  aConflict,
  aMoveOnItsWay,
  aRefusedNotice,
  aWaitingNotice,
  theConflict,
  theRefusedNotice,
} from './notices.ts'
import { aBookingToAskAbout } from './requests.ts'

/** A new thing for whoever may act on it; for everybody else it is enough to try. */
const forWhom =
  (who: Actor, name: 'noticeId' | 'conflictId', make: (cast: Cast) => Promise<string>, more: object = {}): Variables =>
  (cast, actor) =>
    keyed(async () => ({ [name]: actor === who ? await make(cast) : randomUUID(), ...more }))(cast, actor)
const note = 'We phoned the patient.'
const toClaim = forWhom('system', 'noticeId', aWaitingNotice)
const toAnswer = forWhom('system', 'noticeId', aClaimedNotice, { acknowledgement: 'AA' })
const toRetry = forWhom('staff', 'noticeId', aRefusedNotice)
const notToRetry = forWhom('staff', 'noticeId', aWaitingNotice)
const toSettle = forWhom('staff', 'noticeId', aRefusedNotice, { note })
const conflictToSettle = forWhom('staff', 'conflictId', aConflict, { note })
const nobodys = keyed(() => ({ noticeId: randomUUID() }))
const nobodysToSettle = keyed(() => ({ noticeId: randomUUID(), note }))
const nobodysConflict = keyed(() => ({ conflictId: randomUUID(), note }))

/** What the hospital says of a booking of the owner's; a stay has an id of its own. */
const word = (more: object): Variables =>
  keyed(async (cast, actor) => ({
    eventAt: cast.portal.clock.now(),
    hospitalId: actor === 'system' ? (await aBookingToAskAbout(cast)).hospitalId : randomUUID(),
    patientId: cast.owner.id,
    ...more,
  }))
const aStay = keyed(({ portal, owner }) => ({
  eventAt: portal.clock.now(),
  hospitalId: randomUUID(),
  patientId: owner.id,
  step: 'ADMITTED',
}))

const listOf = (text: string): Door[] => [{ at: 'both', text, variables: () => ({}) }]

/** How each root field is asked that speaks of notices, of conflicts, or of what became of an appointment. */
export const noticeRootDoors: Record<string, Door[]> = {
  'Query.dueHospitalNotices': listOf('{ wanted: dueHospitalNotices(first: 1) { __typename } }'),
  'Query.refusedHospitalNotices': listOf('{ wanted: refusedHospitalNotices { __typename } }'),
  'Query.conflicts': listOf('{ wanted: conflicts { __typename } }'),
  'Mutation.claimHospitalNotice': [mutation('claimHospitalNotice', toClaim)],
  'Mutation.answerHospitalNotice': [mutation('answerHospitalNotice', toAnswer)],
  'Mutation.retryHospitalNotice': [mutation('retryHospitalNotice', toRetry)],
  'Mutation.settleHospitalNotice': [mutation('settleHospitalNotice', toSettle)],
  'Mutation.settleConflict': [mutation('settleConflict', conflictToSettle)],
  'Mutation.recordArrangements': [
    mutation('recordArrangements', word({ arrangements: [{ kind: 'INTERPRETER', detail: 'Polish' }] })),
  ],
  'Mutation.recordAttendance': [mutation('recordAttendance', word({ attendance: 'COMPLETED' }))],
  'Mutation.recordAdmission': [mutation('recordAdmission', aStay)],
}

/** What those come to. */
export const noticeOutcomeDoors: Record<string, Door[]> = {
  HospitalNoticeClaimed: outcome('claimHospitalNotice', 'HospitalNoticeClaimed', toClaim),
  HospitalNoticeAnswered: outcome('answerHospitalNotice', 'HospitalNoticeAnswered', toAnswer),
  HospitalNoticeNotDue: outcome('claimHospitalNotice', 'HospitalNoticeNotDue', nobodys),
  HospitalNoticeQueued: outcome('retryHospitalNotice', 'HospitalNoticeQueued', toRetry),
  HospitalNoticeOvertaken: outcome('retryHospitalNotice', 'HospitalNoticeOvertaken', notToRetry),
  HospitalNoticeNotFound: [
    ...outcome('retryHospitalNotice', 'HospitalNoticeNotFound', nobodys),
    ...outcome('settleHospitalNotice', 'HospitalNoticeNotFound', nobodysToSettle),
  ],
  HospitalNoticeSettled: outcome('settleHospitalNotice', 'HospitalNoticeSettled', toSettle),
  ConflictSettled: outcome('settleConflict', 'ConflictSettled', conflictToSettle),
  ConflictNotFound: outcome('settleConflict', 'ConflictNotFound', nobodysConflict),
}

const entity = (type: string, id: (cast: Cast) => Promise<string>): Door => ({
  at: 'appointments',
  text: `query Wanted($keys: [_Any!]!) { _entities(representations: $keys) { ... on ${type} { % } } }`,
  variables: async (cast) => ({ keys: [{ __typename: type, id: await id(cast) }] }),
})
const ofTheOwner = (list: string, id: (cast: Cast) => Promise<string>): Door => ({
  at: 'gateway',
  for: (actor) => list === 'conflicts' || actor !== 'system',
  text: `{ ${list}(first: 50) { nodes { % } } }`,
  // It must be there before somebody looks for it.
  async variables(cast) {
    await id(cast)
    return {}
  },
})
const movedForSystem: Door = {
  at: 'gateway',
  for: (actor) => actor === 'system',
  text: 'mutation Wanted($input: AnswerHospitalNoticeInput!) { answerHospitalNotice(input: $input) { ... on HospitalNoticeAnswered { notice { % } } } }',
  variables: forWhom('system', 'noticeId', aMoveOnItsWay, { acknowledgement: 'AE', reason: 'The clinic is closed' }),
}

/** How what stands on the desk, and what the hospital is told, is read. */
export const noticeDoors: Record<string, Door[]> = {
  HospitalNotice: [
    ofTheOwner('refusedHospitalNotices', theRefusedNotice),
    movedForSystem,
    entity('HospitalNotice', theRefusedNotice),
  ],
  HospitalNoticeConnection: listOf('{ refusedHospitalNotices { % } }'),
  AppointmentConflict: [ofTheOwner('conflicts', theConflict), entity('AppointmentConflict', theConflict)],
  AppointmentConflictConnection: listOf('{ conflicts { % } }'),
}
