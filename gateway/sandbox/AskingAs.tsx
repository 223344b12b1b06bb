import { NOBODY, PASTED, peopleByReader } from './asking.ts'
import type { Person } from './people.ts'

interface AskingAsProps {
  people: readonly Person[]
  chosen: string
  said: string
  refused: string | undefined
  onChoose: (id: string) => void
  onPaste: (token: string) => void
}

/** Chooses whose token goes with every operation: nobody's, that of somebody in the demonstration, or one that is pasted. */
export function AskingAs({ people, chosen, said, refused, onChoose, onPaste }: AskingAsProps) {
  return (
    <header className="asking-as">
      <h1>Sandbox</h1>
      <label htmlFor="asking-as">Asking as</label>
      <select id="asking-as" value={chosen} onChange={(event) => onChoose(event.target.value)}>
        <option value={NOBODY}>Nobody (not logged in)</option>
        {peopleByReader(people).map(({ reader, people: group }) => (
          <optgroup key={reader.role} label={capital(reader.name)}>
            {group.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </optgroup>
        ))}
        <option value={PASTED}>A token I have</option>
      </select>
      {chosen === PASTED && (
        <input
          type="password"
          autoComplete="off"
          aria-label="Token"
          placeholder="Token"
          onChange={(event) => onPaste(event.target.value)}
        />
      )}
      <p role="status">{said}</p>
      <a href="/sandbox/reference/">Reference</a>
      <p role="alert" className="refused">
        {refused}
      </p>
    </header>
  )
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
