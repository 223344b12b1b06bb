import { secondsLeft, sessionState } from './session-clock.ts'

/** What the tabs of one browser tell each other, so that reading in one keeps the others open and a log out closes all. */
type TabMessage = 'USED' | 'ENDED'

/**
 * Warns at nine minutes without use and leaves at ten. A page of a logged-in person holds the warning as a dialog;
 * a page shown after the end holds a mark instead; any other page holds neither.
 */
export function watchSession(): void {
  const ended = document.querySelector<HTMLElement>('[data-session-ended]')
  const dialog = document.querySelector<HTMLDialogElement>('dialog[data-session-warning]')
  // Patients and staff have sessions of their own, which may be open in the same browser.
  const base = ended?.dataset['sessionEnded'] ?? dialog?.dataset['sessionWarning'] ?? ''
  const tabs = new BroadcastChannel(`session${base}`)
  const tell = (message: TabMessage) => tabs.postMessage(message)
  if (ended) return tell('ENDED')
  if (!dialog) return

  let lastUsedAt = Date.now()
  const leave = (page = '/timed-out') => location.replace(base + page)
  const used = () => {
    lastUsedAt = Date.now()
    dialog.close()
  }
  const stay = async () => {
    const answer = await fetch(`${base}/session/extend`, { method: 'POST', redirect: 'manual' }).catch(() => undefined)
    if (!answer?.ok) return leave()
    used()
    tell('USED')
  }
  const look = () => {
    const state = sessionState(lastUsedAt, Date.now())
    if (state === 'ENDED') return leave()
    if (state === 'ENDING') show(dialog, secondsLeft(lastUsedAt, Date.now()))
  }

  tell('USED')
  tabs.addEventListener('message', ({ data }: MessageEvent<TabMessage>) =>
    data === 'ENDED' ? leave('/log-out') : used(),
  )
  dialog.querySelector('[data-session-stay]')?.addEventListener('click', () => void stay())
  dialog.addEventListener('cancel', () => void stay())
  // A sleeping phone stops its timers: look again as soon as someone looks at the page.
  document.addEventListener('visibilitychange', look)
  setInterval(look, 1000)
}

function show(dialog: HTMLDialogElement, seconds: number): void {
  const count = dialog.querySelector('[data-session-seconds]')
  if (count) count.textContent = String(seconds)
  if (!dialog.open) dialog.showModal()
}
