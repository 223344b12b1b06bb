const escaped: Readonly<Record<string, string>> = { S: '^', T: '&', F: '|', R: '~', E: '\\' }

/** Text in which HL7 v2 wrote its own separators as escapes: `x10\S\9/L` is "x10^9/L". What is not escaped stays as it is. */
export const withoutEscapes = (text: string): string =>
  text.replaceAll(/\\([STFRE])\\/g, (whole, letter: string) => escaped[letter] ?? whole)
