import { useRef } from 'react'
import type { Reader } from '../reference/reader.ts'
import { groups } from './examples.ts'

interface ExampleListProps {
  /** Whose examples are in the editor. */
  reader: Reader
  isWide: boolean
  onOpen: (reader: Reader, name: string) => void
}

/** Every example, by who can ask it. On a small screen it folds away, and folds again when something was chosen. */
export function ExampleList({ reader: current, isWide, onOpen }: ExampleListProps) {
  const list = useRef<HTMLDetailsElement>(null)
  const open = (reader: Reader, name: string) => {
    if (!isWide && list.current) {
      list.current.open = false
      list.current.querySelector('summary')?.focus()
    }
    onOpen(reader, name)
  }
  return (
    <details className="examples" open={isWide} ref={list}>
      <summary>Examples</summary>
      <nav aria-label="Examples">
        {groups.map(({ reader, examples }) => (
          <section key={reader.role} className={reader === current ? 'current' : undefined}>
            <h2>
              For {reader.name} {reader === current && <span>(asking now)</span>}
            </h2>
            <ul>
              {examples.map(({ name, about }) => (
                <li key={name}>
                  <button type="button" onClick={() => open(reader, name)}>
                    {name}
                  </button>
                  <p>{about}</p>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
    </details>
  )
}
