import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sample } from '../../../../core/test/runs.js';
import { finishWorld } from './finish-world.js';
import { HANDOVER_REFUSALS, type HandoverRefusal, type RefusalWorld } from './refusal-cases.js';
import { switchWorld } from './switch-world.js';

/** Remedies of refusals that no test follows, by how they begin, and why. */
const NOT_FOLLOWED: Readonly<Record<string, string>> = {
  'Upload it there, and name it: --certificate ': 'a certificate must be uploaded to a service that is not simulated',
  'Hand its APIs over in the console, and plan the others.': 'it is done in the console',
  'Use credentials of ': 'the credentials are outside of the cloud',
  'Run in the folder with the journal of the hand-over': 'the place of a journal is outside of the cloud',
  'Run again: it continues there.': 'the same call goes on; runs that are killed everywhere show it',
};

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
}

/** What refused a command: an error, or the step of its events that failed. */
async function refusalOf(command: () => unknown): Promise<Refusal | undefined> {
  try {
    const { events = [] } = ((await command()) ?? {}) as { readonly events?: readonly any[] };
    return events.find(({ type }) => type === 'step.failed')?.error;
  } catch (error) {
    return error as Refusal;
  }
}

/** A world of its own for each case: contexts do not go back in time. */
async function worldOf({ isDrained }: HandoverRefusal): Promise<RefusalWorld> {
  if (isDrained === true) return finishWorld();
  const world = await switchWorld();
  return { ...world, journal: world.runJournal };
}

describe('the remedy of a refused command of a hand-over leads to an accepted one', () => {
  it.each(
    sample(
      HANDOVER_REFUSALS.map((one) => [`${one.code}: ${one.name}`, one] as const),
      3,
    ),
  )('%s', async (_, one) => {
    const { code, remedy, refused, follow } = one;
    const world = await worldOf(one);
    const refusal = await refusalOf(() => refused(world));
    expect(refusal).toMatchObject({ code });
    expect(refusal?.remedy?.slice(0, remedy.length)).toBe(remedy);
    expect(await refusalOf(() => follow(world, refusal?.remedy ?? '', refusal?.message ?? ''))).toBeUndefined();
  });

  it('each remedy of a refusal has a case, or says why it cannot be followed', () => {
    const root = new URL('../../../src/traditional/handover/', import.meta.url);
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !/^(?:assess.rules|audit|driver)/.test(name),
    );
    const begins = files.flatMap((name) =>
      [
        ...readFileSync(new URL(name, root), 'utf8').matchAll(/\bremedy(?::| =)\s*(?:[^'`,;]*\?\s*)?(['`])(.*?)\1/g),
      ].map(([, , text = '']) => text.split('${')[0] ?? ''),
    );
    const known = [...HANDOVER_REFUSALS.map(({ remedy }) => remedy), ...Object.keys(NOT_FOLLOWED)];
    expect(begins.length).toBeGreaterThan(25);
    expect(begins.filter((text) => !known.some((one) => one.startsWith(text) || text.startsWith(one)))).toEqual([]);
  });
});
