import { Hl7NotAnswered, openReceiver, sendHl7, type Answer, type PortalMessage } from '../../feeds/main.ts'

export interface HospitalListenerSettings {
  readonly host: string
  readonly port: number
  /** Where somebody may listen who wants to answer by hand: `npm run hospital -- listen`. */
  readonly handOnTo: number
}

/** The hospital of a demonstration, which hears what patients did. */
export interface HospitalListener {
  readonly port: number
  stop(): Promise<void>
}

/** Acknowledges every message by itself, unless somebody listens behind it: then it is theirs to answer, or to leave unanswered. */
export async function startHospitalListener(settings: HospitalListenerSettings): Promise<HospitalListener> {
  const { host, port, handOnTo } = settings
  const end = new AbortController()
  const behind = { host: '127.0.0.1', port: handOnTo }
  const answer = async ({ text }: PortalMessage): Promise<Answer | undefined> => {
    try {
      const { code, lines } = await sendHl7(behind, text, patienceMs, end.signal)
      return { code, ...(lines.length > 0 && { reason: lines.join('\n') }) }
    } catch (error) {
      if (!(error instanceof Hl7NotAnswered)) throw error
      return error.isReached ? undefined : { code: 'AA' }
    }
  }
  const receiver = await openReceiver({ host, port, now: () => new Date(), answer })
  return {
    port: receiver.port,
    stop: () => {
      end.abort()
      return receiver.stop()
    },
  }
}

/** Longer than the portal waits. */
const patienceMs = 50_000
