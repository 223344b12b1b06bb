/** Words as the search compares them: without accents and capitals, one kind of apostrophe, one space between. */
export const searchable = (...words: string[]): string =>
  words
    .join(' ')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[‘’ʼ`´]/g, "'")
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .trim()
