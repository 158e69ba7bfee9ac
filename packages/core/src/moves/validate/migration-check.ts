import type { Outcome } from '../../do/findings/check.js';
import { sayOf, type Say, type Texts } from '../../do/findings/say.js';
import { sayFor, type Say as SayText } from '../../do/findings/say-text.js';
import type { MigrationCheck, MigrationInput } from './migration-input.js';

interface Definition<T extends Texts> extends Omit<MigrationCheck, 'codes' | 'run'> {
  readonly codes: T;
  readonly run: (input: MigrationInput, say: Say<T>) => Iterable<Outcome>;
}

interface TextDefinition<C extends string> extends Omit<MigrationCheck, 'codes' | 'run'> {
  readonly codes: readonly C[];
  readonly run: (input: MigrationInput, say: SayText<C>) => Iterable<Outcome>;
}

/** A check of a migration: as `defineCheck`, for what only a move changes. */
export function migrationCheck<const T extends Texts>(definition: Definition<T>): MigrationCheck;
export function migrationCheck<const C extends string>(definition: TextDefinition<C>): MigrationCheck;
export function migrationCheck(definition: Definition<Texts> | TextDefinition<string>): MigrationCheck {
  const { codes, run } = definition;
  return Array.isArray(codes)
    ? { ...(definition as TextDefinition<string>), run: (input) => run(input, sayFor(input.check) as never) }
    : {
        ...(definition as Definition<Texts>),
        codes: Object.keys(codes),
        run: (input) => run(input, sayOf(codes as Texts, input.check) as never),
      };
}
