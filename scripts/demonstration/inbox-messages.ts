import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const mostMessages = 500

const notification = z.object({
  id: z.string(),
  reference: z.string().nullable(),
  type: z.enum(['sms', 'email']),
  status: z.string(),
  phone_number: z.string().nullable(),
  email_address: z.string().nullable(),
  subject: z.string().nullable(),
  body: z.string(),
  template: z.object({ id: z.string(), version: z.number(), uri: z.string() }),
  created_at: z.string(),
  sent_at: z.string().nullable(),
  completed_at: z.string().nullable(),
})

/** A message as GOV.UK Notify tells of it. */
export type Notification = z.infer<typeof notification>

/** What came in, newest first, kept in a file: the latest 500. */
export class InboxMessages {
  readonly #file: string
  #messages: Notification[]
  #written: Promise<void> = Promise.resolve()

  private constructor(file: string, messages: Notification[]) {
    this.#file = file
    this.#messages = messages
  }

  static async open(folder: string): Promise<InboxMessages> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const file = join(folder, 'inbox.json')
    return new InboxMessages(file, await kept(file))
  }

  get all(): readonly Notification[] {
    return this.#messages
  }

  /** Keeps a message; resolves once it is on the disk. */
  async add(message: Notification): Promise<void> {
    this.#messages = [message, ...this.#messages].slice(0, mostMessages)
    this.#written = this.#written.then(() => this.#write())
    await this.#written
  }

  /** Whole or not at all: a crash in the middle leaves the file as it was. */
  async #write(): Promise<void> {
    const draft = `${this.#file}.new`
    await writeFile(draft, JSON.stringify(this.#messages, undefined, 1), { mode: 0o600 })
    await rename(draft, this.#file)
  }
}

async function kept(file: string): Promise<Notification[]> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  try {
    return z.array(notification).parse(JSON.parse(text))
  } catch {
    throw new Error(`${file}: is not an inbox. Delete it to begin with an empty one.`)
  }
}
