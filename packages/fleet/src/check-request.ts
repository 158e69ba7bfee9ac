import { InvalidInputError } from '@postern/core';
import type { RunRequest } from './model.js';

const RUN_ID = /^[A-Za-z0-9][\w.-]{0,99}$/;

/** What specs of a goal have, and those of others have not. */
const ENTRIES = [
  ['moves', 'migrate'],
  ['handovers', 'handover'],
] as const;

/**
 * Refuses a run that cannot be carried out.
 * @throws {InvalidInputError} `INVALID_INPUT`
 */
export function checkRequest({ run, goal, specs, accounts, waves }: RunRequest): void {
  const refuse = (message: string, remedy: string): never => {
    throw new InvalidInputError('INVALID_INPUT', message, { remedy });
  };
  if (!RUN_ID.test(run))
    refuse(`run ${JSON.stringify(run)} is not a valid ID`, 'Use letters, digits, `-`, `.` and `_`.');
  for (const [key, of] of ENTRIES) {
    const other = specs.find((one) => (one[key] !== undefined) !== (goal === of));
    if (other === undefined) continue;
    refuse(`${other.name} has ${goal === of ? 'no ' : ''}${key}`, `Use the goal \`${of}\` for ${key}.`);
  }
  const names = specs.map(({ name }) => name);
  const inWaves = waves.flatMap((wave) => wave.specs);
  for (const name of repeated(names)) refuse(`spec ${name} is there twice`, 'Give each spec a name of its own.');
  for (const name of repeated(inWaves)) refuse(`spec ${name} is in two waves`, 'Name each spec in one wave.');
  for (const name of repeated(accounts.map(({ id, provider }) => `${provider} ${id}`)))
    refuse(`account ${name} is there twice`, 'Name each account once.');
  const known = new Set(names);
  const placed = new Set(inWaves);
  for (const name of names) if (!placed.has(name)) refuse(`spec ${name} is in no wave`, 'Name it in a wave.');
  for (const name of inWaves)
    if (!known.has(name)) refuse(`a wave names ${name}, which is not a spec of the run`, 'Correct the name.');
}

function repeated(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return names.filter((name) => {
    const isRepeated = seen.has(name);
    seen.add(name);
    return isRepeated;
  });
}
