import { describe, expect, it } from 'vitest'
import { codeIn, messageParts } from './message-parts.ts'

describe('a message on the screen', () => {
  it('shows its addresses as links, without the full stop that follows them', () => {
    expect(messageParts('Amal, read it at http://localhost:3000/m/Yk3. Ref Yk3')).toEqual([
      { words: 'Amal, read it at ' },
      { address: 'http://localhost:3000/m/Yk3' },
      { words: '. Ref Yk3' },
    ])
  })

  it('links nothing but web addresses', () => {
    expect(messageParts('javascript:alert(1) <b>hello</b>')).toEqual([{ words: 'javascript:alert(1) <b>hello</b>' }])
  })

  it('loses no character', () => {
    const body = 'https://a.example/x, then\n(https://b.example/y) and https://c.example'
    const joined = messageParts(body).map((part) => ('words' in part ? part.words : part.address))
    expect(joined.join('')).toBe(body)
    expect(messageParts('')).toEqual([])
  })

  it('finds the code of a code message and no other number', () => {
    expect(codeIn('123456 is your West Hertfordshire security code\n@portal.example #123456')).toBe('123456')
    expect(codeIn('Amal, call 020794 or see ref 123456')).toBeUndefined()
  })
})
