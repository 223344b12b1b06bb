import { registerEnumType } from 'type-graphql'

/** What patients may do about an appointment of this clinic. */
export enum ClinicMode {
  VIEW_ONLY = 'VIEW_ONLY',
  REQUEST = 'REQUEST',
  DIRECT = 'DIRECT',
  E_RS = 'E_RS',
}
registerEnumType(ClinicMode, {
  name: 'ClinicMode',
  description: 'What patients may do by themselves about the appointments of a clinic.',
  valuesConfig: {
    VIEW_ONLY: { description: 'See them only; a phone call changes them.' },
    REQUEST: { description: 'Ask for a change, which staff answer.' },
    DIRECT: { description: 'Change or cancel them at once.' },
    E_RS: { description: 'Change them in the NHS e-Referral Service, not here.' },
  },
})
