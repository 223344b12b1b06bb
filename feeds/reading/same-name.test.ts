import { expect, it } from 'vitest'
import { isSameName } from './same-name.ts'

const name = (family: string, ...given: string[]) => ({ family, given })

it.each([
  [name('O’Brien-Smith', 'Zoë'), name("O'BRIEN SMITH", 'zoe')],
  [name('Núñez', 'Élodie'), name('NUNEZ', 'E')],
  [name('van den Berg', 'Willem'), name('Vandenberg', 'W')],
  [name('Groß', 'Øyvind'), name('GROSS', 'Oyvind')],
  [name('Łuczak', 'Æthel'), name('LUCZAK', 'Aethel')],
  [name('Reed'), name('Reed', 'Ada')],
  [name('Reed', 'Ada', 'Jane'), name('Reed', 'Anna')],
  [name('李', '雷'), name('李', '雷')],
])('is the same name: %j and %j', (one, other) => {
  expect([isSameName(one, other), isSameName(other, one)]).toEqual([true, true])
})

it.each([
  [name('Reed', 'Ada'), name('Reede', 'Ada')],
  [name('Reed', 'Ada'), name('Reed', 'Bo')],
  [name('Reed', 'Ada', 'Bo'), name('Reed', 'Bo')],
  [name('Reed-Smith', 'Ada'), name('Reed', 'Ada')],
  [name('-', 'Ada'), name("'", 'Ada')],
  [name('李', '雷'), name('王', '雷')],
])('is another name: %j and %j', (one, other) => {
  expect([isSameName(one, other), isSameName(other, one)]).toEqual([false, false])
})
