/** The people of a demonstration, whom the sandbox can ask as. Never given in production. */
export interface Demonstration {
  people: readonly { id: string; label: string }[]
  /** A fresh token, as that person would get by logging in. */
  token(id: string): Promise<string>
}
