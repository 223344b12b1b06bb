/** What the hospital has booked for the people of the demonstration, in days from the day it is loaded. */
export interface DemonstrationBooking {
  readonly id: string
  readonly hospitalNumber: string
  readonly clinic: string
  /** Working days before (less than 0) or after the day of loading. */
  readonly workingDays: number
  readonly time: string
  readonly clinician?: string
  readonly admission?: { readonly nights: number }
  readonly cancelledBecause?: string
  /** What the hospital arranged for it. */
  readonly arranged?: { readonly transport?: boolean; readonly interpreter?: string }
}

export const bookings: readonly DemonstrationBooking[] = [
  {
    id: 'W-2001',
    hospitalNumber: 'W100001',
    clinic: 'EYE1',
    workingDays: 8,
    time: '10:30',
    clinician: 'Dr Priya Shah',
  },
  {
    id: 'W-2002',
    hospitalNumber: 'W100001',
    clinic: 'CAR1',
    workingDays: 15,
    time: '14:00',
    clinician: 'Dr Owen Lister',
  },
  {
    id: 'W-2003',
    hospitalNumber: 'W100001',
    clinic: 'SUR1',
    workingDays: 28,
    time: '07:30',
    clinician: 'Mr Karl Brandt',
    admission: { nights: 1 },
  },
  { id: 'W-2004', hospitalNumber: 'W100001', clinic: 'XRA1', workingDays: 5, time: '12:00' },
  { id: 'W-2005', hospitalNumber: 'W100001', clinic: 'DER1', workingDays: 20, time: '16:20', clinician: 'Dr Mei Tan' },
  {
    id: 'W-2006',
    hospitalNumber: 'W100001',
    clinic: 'ORT1',
    workingDays: -30,
    time: '09:15',
    clinician: 'Miss Ruth Adeyemi',
  },
  {
    id: 'W-2007',
    hospitalNumber: 'W100001',
    clinic: 'EYE1',
    workingDays: -260,
    time: '11:00',
    clinician: 'Mr Tom Beckett',
  },
  {
    id: 'W-2008',
    hospitalNumber: 'W100001',
    clinic: 'ORT1',
    workingDays: 12,
    time: '09:00',
    clinician: 'Miss Ruth Adeyemi',
    cancelledBecause: 'The clinician is not available',
  },
  {
    id: 'W-2010',
    hospitalNumber: 'W100002',
    clinic: 'CAR1',
    workingDays: 4,
    time: '09:40',
    clinician: 'Dr Owen Lister',
  },
  {
    id: 'W-2011',
    hospitalNumber: 'W100003',
    clinic: 'EYE1',
    workingDays: 9,
    time: '13:30',
    clinician: 'Dr Priya Shah',
  },
  { id: 'W-2012', hospitalNumber: 'W100004', clinic: 'DER1', workingDays: 6, time: '10:00', clinician: 'Dr Mei Tan' },
  {
    id: 'W-2013',
    hospitalNumber: 'W100005',
    clinic: 'ORT1',
    workingDays: 7,
    time: '15:00',
    clinician: 'Miss Ruth Adeyemi',
  },
  {
    id: 'W-2014',
    hospitalNumber: 'W100006',
    clinic: 'ORT1',
    workingDays: 10,
    time: '11:30',
    clinician: 'Miss Ruth Adeyemi',
  },
  {
    id: 'W-2015',
    hospitalNumber: 'W100007',
    clinic: 'PHY1',
    workingDays: 11,
    time: '08:40',
    clinician: 'Sam Whitfield',
  },
  {
    id: 'W-2016',
    hospitalNumber: 'W100008',
    clinic: 'EYE1',
    workingDays: 14,
    time: '12:00',
    clinician: 'Mr Tom Beckett',
  },
  {
    id: 'W-2017',
    hospitalNumber: 'W100009',
    clinic: 'CAR1',
    workingDays: 3,
    time: '16:00',
    clinician: 'Dr Owen Lister',
  },
  {
    id: 'W-2018',
    hospitalNumber: 'W100010',
    clinic: 'EYE1',
    workingDays: 16,
    time: '09:30',
    clinician: 'Dr Priya Shah',
  },
  {
    id: 'W-2019',
    hospitalNumber: 'W100012',
    clinic: 'ORT1',
    workingDays: 13,
    time: '10:15',
    clinician: 'Miss Ruth Adeyemi',
  },
  { id: 'W-2020', hospitalNumber: 'W100013', clinic: 'XRA1', workingDays: 9, time: '14:30' },
  { id: 'W-2021', hospitalNumber: 'W100001', clinic: 'SEX1', workingDays: 6, time: '09:00' },
  {
    id: 'W-2022',
    hospitalNumber: 'W100010',
    clinic: 'ORT1',
    workingDays: 12,
    time: '10:30',
    clinician: 'Miss Ruth Adeyemi',
    arranged: { transport: true },
  },
  {
    id: 'W-2023',
    hospitalNumber: 'W100009',
    clinic: 'EYE1',
    workingDays: 7,
    time: '15:00',
    clinician: 'Mr Tom Beckett',
    arranged: { interpreter: 'Spanish' },
  },
  // Too late to give notice of a change: that warns, and never blocks.
  {
    id: 'W-2024',
    hospitalNumber: 'W100003',
    clinic: 'ORT1',
    workingDays: 1,
    time: '13:30',
    clinician: 'Miss Ruth Adeyemi',
  },
  // Maureen has this time already: a conflict for the staff desk.
  {
    id: 'W-2025',
    hospitalNumber: 'W100007',
    clinic: 'EYE1',
    workingDays: 9,
    time: '13:30',
    clinician: 'Dr Priya Shah',
  },
]

/** What one of them asks staff for, and where. */
export const askedFor = { hospitalNumber: 'W100004', clinic: 'DER1' }
