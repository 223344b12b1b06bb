import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { create, type Font } from 'fontkit'

const read = (file: string) =>
  readFileSync(fileURLToPath(import.meta.resolve(`@expo-google-fonts/source-sans-3/${file}`)))

/** Source Sans: every letter of the languages of Europe, Welsh included, and the signs of laboratories. */
export const fonts = {
  regular: read('400Regular/SourceSans3_400Regular.ttf'),
  bold: read('700Bold/SourceSans3_700Bold.ttf'),
}

const letters = create(fonts.regular) as Font
const missing = '□'

/** The text with a sign for each letter that the font does not have: seen to be missing, and not just gone. */
export const drawable = (text: string) =>
  [...text.replaceAll(/[\t\r\n]+/g, ' ')]
    .map((letter) => (letters.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0) ? letter : missing))
    .join('')
