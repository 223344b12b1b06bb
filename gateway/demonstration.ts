import type { Role } from './viewer.ts'

/** Somebody whom the sandbox can ask as. */
export interface DemonstrationPerson {
  id: string
  role: Role
  label: string
}

/** The people and systems of a demonstration. Never given in production. */
export interface Demonstration {
  people(): Promise<readonly DemonstrationPerson[]>
  /** A fresh token, as that person would get by logging in. */
  token(id: string): Promise<string>
}
