import type { Outcome } from '../../do/findings/check.js';
import { sayOf, type Say, type Texts } from '../../do/findings/say.js';
import type { MigrationCheck, MigrationInput } from './migration-input.js';

interface Definition<T extends Texts> extends Omit<MigrationCheck, 'codes' | 'run'> {
  readonly codes: T;
  readonly run: (input: MigrationInput, say: Say<T>) => Iterable<Outcome>;
}

/** A check of a migration: as `defineCheck`, for what only a move changes. */
export function migrationCheck<const T extends Texts>(definition: Definition<T>): MigrationCheck {
  const { codes, run } = definition;
  return { ...definition, codes: Object.keys(codes), run: (input) => run(input, sayOf(codes, input.check)) };
}
