import { useEffect, useRef, useState } from 'react'

interface Person {
  id: string
  label: string
}

const NOBODY = ''
const PASTED = 'pasted'

/** Who was chosen, what to say about it, and how to choose. A token that arrives after another choice is dropped. */
function useChoice(onToken: (token: string | undefined) => void) {
  const [chosen, setChosen] = useState(NOBODY)
  const [said, setSaid] = useState('No token is sent.')
  const latest = useRef(NOBODY)

  const choose = async (id: string) => {
    latest.current = id
    setChosen(id)
    onToken(undefined)
    if (id === NOBODY) return setSaid('No token is sent.')
    if (id === PASTED) return setSaid('Paste a token: the word Bearer is added.')
    setSaid('Fetching a token …')
    const token = await tokenOf(id)
    if (latest.current !== id) return
    onToken(token)
    setSaid(
      token ? 'A fresh token is sent. It stays in this tab.' : 'There is no token just now. Choose again to retry.',
    )
  }
  return { chosen, said, choose }
}

/** Chooses whose token goes with every operation: nobody's, a demonstration person's, or one that is pasted. */
export function AskingAs({ onToken }: { onToken: (token: string | undefined) => void }) {
  const [people, setPeople] = useState<Person[]>([])
  const { chosen, said, choose } = useChoice(onToken)

  useEffect(() => void peopleOfTheDemonstration().then(setPeople), [])

  return (
    <header className="asking-as">
      <h1>Sandbox</h1>
      <label htmlFor="asking-as">Asking as</label>
      <select id="asking-as" value={chosen} onChange={(event) => void choose(event.target.value)}>
        <option value={NOBODY}>Nobody (not logged in)</option>
        {people.map(({ id, label }) => (
          <option key={id} value={id}>
            Use the token of {label}
          </option>
        ))}
        <option value={PASTED}>A token I have</option>
      </select>
      {chosen === PASTED && (
        <input
          type="password"
          autoComplete="off"
          aria-label="Token"
          placeholder="Token"
          onChange={(event) => onToken(event.target.value.trim() || undefined)}
        />
      )}
      <p role="status">{said}</p>
    </header>
  )
}

async function peopleOfTheDemonstration(): Promise<Person[]> {
  const response = await fetch('/sandbox/people')
  return response.ok ? ((await response.json()) as Person[]) : []
}

async function tokenOf(id: string): Promise<string | undefined> {
  const response = await fetch(`/sandbox/people/${encodeURIComponent(id)}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  return response.ok ? ((await response.json()) as { token: string }).token : undefined
}
