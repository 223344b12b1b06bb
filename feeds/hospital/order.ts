import type { ParseArgsConfig } from 'node:util'
import type { Given } from './given.ts'
import type { ExaminationName } from './laboratory.ts'
import type { letterTexts } from './letter-texts.ts'
import type { Manner } from './manner.ts'
import type { Amendment, HospitalAppointment, HospitalPerson } from './messages.ts'
import type { HospitalStay } from './stay-messages.ts'

/** What somebody at the hospital wants done, as it was typed. */
export type Order =
  | ({ kind: 'book'; patient: string; clinic?: string; at?: Date; minutes?: number; id: string } & Pick<
      HospitalAppointment,
      'clinician' | 'medium'
    > & { admission: boolean })
  | { kind: 'move'; id: string; at: Date; patient?: string }
  | { kind: 'cancel'; id: string; reason?: string; patient?: string }
  | ({ kind: 'amend'; patient?: string } & Amendment)
  | { kind: 'attended' | 'missed' | 'delete'; id: string; patient?: string }
  | { kind: 'plan'; patient: string; stay: HospitalStay }
  | { kind: 'admit'; patient?: string; stay: HospitalStay }
  | { kind: 'discharge'; id: string; patient?: string }
  | {
      kind: 'result'
      patient: string
      test: ExaminationName
      status: 'P' | 'F' | 'C'
      critical: boolean
      order?: string
      clinic?: string
      clinician?: string
    }
  | {
      kind: 'letter'
      patient: string
      about: keyof typeof letterTexts
      id: string
      replace?: string
      pdf?: string
      clinic?: string
      clinician?: string
    }
  | { kind: 'withdraw-document'; id: string; patient?: string }
  | { kind: 'register'; person: HospitalPerson }
  | { kind: 'merge' | 'unmerge'; retired: string; surviving: string }
  | { kind: 'listen'; manner: Manner; port?: number }
  | { kind: 'send'; file: string }
  | { kind: 'replay'; id?: string }
  | { kind: 'list' }
  | { kind: 'refused' }
  | { kind: 'help' }

/** How a command is typed, and read. */
export interface OrderForm {
  options: NonNullable<ParseArgsConfig['options']>
  read: (given: Given) => Order
}

/** The forms of some of the commands. */
export type OrderForms<Kind extends Order['kind']> = Record<Kind, OrderForm>

export const text = { type: 'string' } as const
export const flag = { type: 'boolean' } as const
