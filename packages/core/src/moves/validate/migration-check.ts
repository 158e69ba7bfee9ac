import type { Outcome } from '../../do/findings/check.js';
import { sayFor, type Say } from '../../do/findings/say.js';
import type { MigrationCheck, MigrationInput } from './migration-input.js';

interface Definition<C extends string> extends Omit<MigrationCheck, 'codes' | 'run'> {
  readonly codes: readonly C[];
  readonly run: (input: MigrationInput, say: Say<C>) => Iterable<Outcome>;
}

/** A check of a migration: as `defineCheck`, for what only a move changes. */
export function migrationCheck<const C extends string>(definition: Definition<C>): MigrationCheck {
  return { ...definition, run: (input) => definition.run(input, sayFor(input.check)) };
}
