import { InvalidInputError } from '@postern/core';
import type { RunRequest } from './model.js';
import { NO_DNS_STEP, USE_MOVES } from './no-dns-step.js';

const RUN_ID = /^[A-Za-z0-9][\w.-]{0,99}$/;

/**
 * Refuses a run that cannot be carried out.
 * @throws {InvalidInputError} `INVALID_INPUT`; `UNSUPPORTED` for approvals of steps that no run has
 */
export function checkRequest({ run, goal, specs, accounts, waves, approvals = [] }: RunRequest): void {
  const refuse = (message: string, remedy: string): never => {
    throw new InvalidInputError('INVALID_INPUT', message, { remedy });
  };
  if (!RUN_ID.test(run))
    refuse(`run ${JSON.stringify(run)} is not a valid ID`, 'Use letters, digits, `-`, `.` and `_`.');
  if (approvals.includes('dns')) {
    throw new InvalidInputError('UNSUPPORTED', NO_DNS_STEP, { remedy: USE_MOVES });
  }
  const other = specs.find(({ moves }) => (moves !== undefined) !== (goal === 'migrate'));
  if (other !== undefined)
    refuse(`${other.name} ${goal === 'migrate' ? 'has no moves' : 'has moves'}`, 'Use the goal `migrate` for moves.');
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
