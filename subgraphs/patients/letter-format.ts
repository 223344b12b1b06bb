import { registerEnumType } from 'type-graphql'

export enum LetterFormat {
  STANDARD = 'STANDARD',
  LARGE_PRINT = 'LARGE_PRINT',
  BRAILLE = 'BRAILLE',
  EASY_READ = 'EASY_READ',
  AUDIO = 'AUDIO',
  EMAIL = 'EMAIL',
}
registerEnumType(LetterFormat, {
  name: 'LetterFormat',
  description: 'The form in which a person needs their letters (NHS Accessible Information Standard, DCB1605).',
})
