import type { AppointmentQuery } from '#lib/graph/index.ts'

/** The appointment as its page shows it. */
export type ShownAppointment = NonNullable<AppointmentQuery['appointment']>
