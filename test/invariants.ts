import { rowsOf } from './rows-of.ts'
import type { World } from './world.ts'

type Place = Pick<World, 'folder' | 'databaseUrl'>

/** What must never be found in the database behind `appointments`, each as a question that answers with what is wrong. */
const neverFound: Record<string, string> = {
  'two appointments in one seat':
    'select slot_id, seat from appointment where seat is not null group by slot_id, seat having count(*) > 1',
  'a slot with more holders than seats': `select s.id from slot s join appointment a on a.slot_id = s.id and a.seat is not null
     group by s.id, s.capacity having count(*) > s.capacity`,
  'a time chosen here that overlaps another of the patient or the clinician, unflagged': `select a.id, o.id
     from appointment a join appointment o on o.id <> a.id and o.starts_at < a.ends_at and o.ends_at > a.starts_at
     where a.chosen_here and a.status = 'BOOKED' and (o.status in ('BOOKED', 'ADMITTED') or o.undo_until is not null)
       and (o.patient_id = a.patient_id or (o.clinician = a.clinician and o.kind = 'OUTPATIENT' and o.slot_id <> a.slot_id))
       and not exists (select 1 from appointment_conflict c where c.appointment_id in (a.id, o.id) and c.reason = 'OVERLAPS_ANOTHER')`,
  'a seat held by an appointment that is finally cancelled': `select id from appointment where seat is not null
     and status not in ('BOOKED', 'ADMITTED', 'COMPLETED', 'DID_NOT_ATTEND') and undo_until is null`,
  'a booked time that is not its slot': `select a.id from appointment a join slot s on s.id = a.slot_id
     where a.chosen_here and a.status = 'BOOKED' and (a.starts_at <> s.starts_at or a.ends_at <> s.ends_at)`,
  'a clinic or clinician that changed with the slot': `select a.id from appointment a join slot s on s.id = a.slot_id
     where a.chosen_here and a.seat is not null and (a.clinic_code <> s.clinic_code or (s.clinician is not null and a.clinician <> s.clinician))`,
  'a move without its event': `select a.id from appointment a where a.times_rescheduled >
     (select count(*) from outbox_event e where e.kind = 'appointment.rescheduled' and cast(e.ids as text) like '%' || a.id || '%')`,
  'a move the hospital is not told of': `select a.id from appointment a where a.times_rescheduled >
     (select count(*) from hospital_notice n where n.appointment_id = a.id and n.kind = 'RESCHEDULED')`,
  'a gap in what the hospital is told': `select appointment_id from hospital_notice
     group by appointment_id having max(sequence) <> count(*) or min(sequence) <> 1`,
  'an event that nobody was told of': `select e.id from outbox_event e
     where e.kind in ('appointment.rescheduled', 'appointment.cancelled', 'appointment.cancellation-undone')
       and not exists (select 1 from delivery d where d.event_id = e.id)`,
  'a key without its outcome': 'select key from idempotent_request where outcome is null',
  'a confirmed appointment that the hospital has not been told of': `select a.id from appointment a
     where a.hospital_confirmation = 'CONFIRMED' and exists (select 1 from hospital_notice n
       where n.appointment_id = a.id and n.status = 'WAITING' and n.kind in ('RESCHEDULED', 'CANCELLED'))`,
  'a request without its first step': `select r.id from change_request r where not exists
     (select 1 from change_request_step s where s.request_id = r.id and s.kind = 'REQUESTED')`,
  'an open request of an appointment that is not booked': `select r.id from change_request r
     join appointment a on a.id = r.appointment_id where r.status = 'OPEN' and a.status <> 'BOOKED'`,
}

/** The promises of `appointments` that the database breaks now: none, whatever patients, staff and the hospital did. */
export async function brokenPromises(place: Place, rescheduleLimit = 2): Promise<string[]> {
  const broken: string[] = []
  for (const [name, question] of Object.entries(neverFound)) {
    const found = await rowsOf(place, 'appointments', question)
    if (found.length) broken.push(`${name}: ${JSON.stringify(found.slice(0, 3))}`)
  }
  const past = 'select id, times_rescheduled from appointment where times_rescheduled > ?'
  const over = await rowsOf(place, 'appointments', past, rescheduleLimit)
  if (over.length) broken.push(`a move past the limit: ${JSON.stringify(over)}`)
  return broken
}
