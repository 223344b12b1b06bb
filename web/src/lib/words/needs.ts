/** How a person wants their letters. */
export const letterFormatWords = {
  STANDARD: 'Standard print',
  LARGE_PRINT: 'Large print',
  BRAILLE: 'Braille',
  EASY_READ: 'Easy read',
  AUDIO: 'Audio',
  EMAIL: 'Email',
} as const
