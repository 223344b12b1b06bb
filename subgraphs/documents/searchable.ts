/** Words as the search compares them: without accents and capitals, one space between. */
export const searchable = (...words: string[]): string =>
  words.join(' ').normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/\s+/g, ' ').trim()
