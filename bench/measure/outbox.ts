import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'

const quietWithinMilliseconds = 180_000
const file = (folder: string) => join(folder, 'appointments.db')
const waiting = 'select count(*) from delivery where delivered_at is null'

/** Waits until everybody has heard of what happened in these files. */
export async function allDelivered(folder: string): Promise<void> {
  const database = new Sqlite(file(folder), { readonly: true })
  const left = database.prepare<[], number>(waiting).pluck()
  try {
    const giveUpAt = performance.now() + quietWithinMilliseconds
    while (left.get()) {
      if (performance.now() > giveUpAt)
        throw new Error(`${left.get() ?? 0} events were not delivered in three minutes: has a subscriber ended?`)
      await setTimeout(50)
    }
  } finally {
    database.close()
  }
}

/** From now on, what happens in these files is written for everybody who hears of it, and due in a hundred years. */
export function holdBack(folder: string): void {
  const database = new Sqlite(file(folder))
  database.exec(`create trigger held_back after insert on delivery begin
    update delivery set not_before = new.not_before + 3155760000000 where id = new.id; end`)
  database.close()
}
