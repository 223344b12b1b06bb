import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { FakeClock } from '../clock.ts'
import type { World } from '../world.ts'
import type { Model, ModelAppointment } from './model.ts'
import type { Command } from './portal-commands.ts'

/** The hospital's word on one appointment. Its messages never come at the same moment. */
abstract class HospitalSays implements Command {
  protected readonly which: number

  constructor(which: number) {
    this.which = which
  }

  check(_model: Readonly<Model>): boolean {
    return true
  }

  async run(model: Model, portal: World): Promise<void> {
    const it = model.appointment(this.which)
    passTime(model, portal.clock, 1000)
    const { hospitalId, patientId } = it
    const common = { idempotencyKey: randomUUID(), eventAt: portal.clock.now(), hospitalId, patientId }
    await this.say(portal, common, model, it)
    await portal.graph.settle()
  }

  protected abstract say(portal: World, common: object, model: Model, it: ModelAppointment): Promise<void>

  toString(): string {
    return `${this.constructor.name}(${this.which})`
  }
}

/** Moves it, or books it again, at a slot that is free; not one that it may still have, or have heard of: that is no news. */
export class HospitalMoves extends HospitalSays {
  private readonly slot: number

  constructor(which: number, slot: number) {
    super(which)
    this.slot = slot
  }

  override check(model: Readonly<Model>): boolean {
    const it = model.appointment(this.which)
    const slot = model.slotFor(it, this.slot)
    const isNews = slot !== it.slot && !it.waiting.some((told) => told.slot === slot || told.from === slot)
    return isNews && model.free(slot) && !model.meetsOwn(it, slot)
  }

  protected async say(portal: World, common: object, model: Model, it: ModelAppointment): Promise<void> {
    const slot = model.slotFor(it, this.slot)
    const { recordAppointment: outcome } = await portal.system(
      `mutation R($input: RecordAppointmentInput!) { recordAppointment(input: $input) { __typename ... on AppointmentRecorded { appointment { version status } } } }`,
      { input: { ...common, startsAt: model.slots[slot]?.startsAt } },
    )
    overtaken(it, { status: 'BOOKED', slot, accepted: false })
    expect(outcome).toEqual({
      __typename: 'AppointmentRecorded',
      appointment: { version: it.version, status: 'BOOKED' },
    })
  }

  override toString(): string {
    return `HospitalMoves(${this.which}, ${this.slot})`
  }
}

export class HospitalCancels extends HospitalSays {
  override check(model: Readonly<Model>): boolean {
    return model.appointment(this.which).status === 'BOOKED'
  }

  protected async say(portal: World, common: object, _model: Model, it: ModelAppointment): Promise<void> {
    const { recordCancellation: outcome } = await portal.system(
      `mutation C($input: RecordCancellationInput!) { recordCancellation(input: $input) { __typename ... on AppointmentRecorded { appointment { version status } } } }`,
      { input: { ...common, reason: 'The clinician is away' } },
    )
    overtaken(it, { status: 'CANCELLED' })
    expect(outcome).toEqual({
      __typename: 'AppointmentRecorded',
      appointment: { version: it.version, status: 'CANCELLED' },
    })
  }
}

/** What the hospital's system is to be told now. */
async function due(portal: World): Promise<{ id: string; appointment: { id: string } }[]> {
  const answer = await portal.system('{ dueHospitalNotices(first: 50) { id appointment { id } } }')
  return (answer as unknown as { dueHospitalNotices: { id: string; appointment: { id: string } }[] }).dueHospitalNotices
}

/** The hospital's system acknowledges all it has not acknowledged yet. */
export class HospitalAcknowledges implements Command {
  check = () => true

  async run(model: Model, portal: World): Promise<void> {
    for (let rounds = 0; rounds < 20; rounds += 1) {
      const notices = await due(portal)
      if (notices.length === 0) break
      for (const { id } of notices) await answer(portal, id, 'AA')
    }
    for (const it of model.appointments) it.waiting = []
  }

  toString = () => 'HospitalAcknowledges'
}

/** The hospital's system refuses the first that it has not answered yet of what was done to an appointment. */
export class HospitalRefuses implements Command {
  private readonly which: number

  constructor(which: number) {
    this.which = which
  }

  check(model: Readonly<Model>): boolean {
    return model.appointment(this.which).waiting.length > 0
  }

  async run(model: Model, portal: World): Promise<void> {
    const it = model.appointment(this.which)
    const notice = (await due(portal)).find(({ appointment }) => appointment.id === it.id)
    if (!notice) throw new Error('the notice is not due')
    await answer(portal, notice.id, 'AE')
    model.refuse(it)
    await portal.graph.settle()
  }

  toString = () => `HospitalRefuses(${this.which})`
}

async function answer(portal: World, noticeId: string, acknowledgement: 'AA' | 'AE'): Promise<void> {
  await portal.system(
    `mutation C($input: ClaimHospitalNoticeInput!) { claimHospitalNotice(input: $input) { __typename } }`,
    { input: { idempotencyKey: randomUUID(), noticeId } },
  )
  const kept = await portal.system(
    `mutation A($input: AnswerHospitalNoticeInput!) { answerHospitalNotice(input: $input) { __typename } }`,
    { input: { idempotencyKey: randomUUID(), noticeId, acknowledgement } },
  )
  expect(kept).toEqual({ answerHospitalNotice: { __typename: 'HospitalNoticeAnswered' } })
}

/** Minutes go by; whatever is due by then is done. The patients look at their pages meanwhile, and stay logged in. */
export class TimePasses implements Command {
  private readonly minutes: number

  constructor(minutes: number) {
    this.minutes = minutes
  }

  check(model: Readonly<Model>): boolean {
    return model.now - model.start < longestMilliseconds
  }

  async run(model: Model, portal: World): Promise<void> {
    for (let left = this.minutes; left > 0; left -= idleMinutes) {
      passTime(model, portal.clock, Math.min(left, idleMinutes) * 60_000)
      for (const token of new Set(model.appointments.map((it) => it.token))) await portal.ask(token, '{ me { id } }')
    }
    await portal.graph.settle()
  }

  toString = () => `TimePasses(${this.minutes})`
}

/** A session ends after 10 idle minutes, and after 12 hours. */
const idleMinutes = 9
const longestMilliseconds = 11 * 3_600_000

function passTime(model: Model, clock: FakeClock, milliseconds: number): void {
  clock.pass(milliseconds / 1000)
  model.pass(milliseconds)
}

/** The hospital's word stands, and what was on its way to the hospital is no longer sent. */
function overtaken(it: ModelAppointment, change: Partial<ModelAppointment>): void {
  const closed = { undoUntil: undefined, request: undefined, waiting: [], refused: false, stuckFrom: undefined }
  Object.assign(it, { ...closed, version: it.version + 1, ...change })
}
