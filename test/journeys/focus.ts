import { expect, type Page } from '@playwright/test'

interface Looks {
  html: string
  withFocus: string
  withoutFocus: string
}

/** Runs in the page: how what has the focus looks with it, and without it. */
const looksOfTheFocused = `(() => {
  const element = document.activeElement
  if (!element || element === document.body) return null
  // A date has steps of its own inside: to leave it and come back would be to start with the first again.
  if (element.type === 'date') return null
  const look = () => {
    const { boxShadow, outlineStyle, outlineColor, backgroundColor, borderColor, color } = getComputedStyle(element)
    const outline = outlineStyle === 'none' || outlineColor === 'rgba(0, 0, 0, 0)' ? '' : outlineColor
    return [boxShadow, outline, backgroundColor, borderColor, color].join(' ')
  }
  const withFocus = look()
  element.blur()
  const withoutFocus = look()
  element.focus()
  return { html: element.outerHTML.slice(0, 80), withFocus, withoutFocus }
})()`

/** Fails when the page does not show where the focus is. */
export async function showsFocus(page: Page): Promise<void> {
  const looks = await page.evaluate<Looks | null>(looksOfTheFocused)
  if (looks) expect(looks.withFocus, `the focus cannot be seen on ${looks.html}`).not.toBe(looks.withoutFocus)
}
