import { Button, ErrorSummary, SkipLink } from 'nhsuk-frontend'
import { watchSession } from './session-watch.ts'

// What nhsuk-frontend looks for before it touches a page.
document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')

for (const [name, Component] of [
  ['nhsuk-error-summary', ErrorSummary],
  ['nhsuk-button', Button],
  ['nhsuk-skip-link', SkipLink],
] as const) {
  for (const element of document.querySelectorAll<HTMLElement>(`[data-module="${name}"]`)) new Component(element)
}

// Only a script can open the print dialogue, so only a script shows the button for it.
for (const place of document.querySelectorAll<HTMLElement>('[data-print]')) {
  place.hidden = false
  place.addEventListener('click', () => print())
}

// A page brought back by the Back button is an old picture of the record, perhaps of someone who has logged out since.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload()
})

watchSession()
