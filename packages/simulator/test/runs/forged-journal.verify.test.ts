import { InvalidInputError, isPosternError, memoryJournal, type JournalRecord } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { runs, sample, within } from '../../../core/test/runs.js';
import { SeededRandom } from '../../src/simulation/time/seeded-random.js';
import { FOREIGN_API } from './foreign-api.js';
import { machine, type Machine } from './machine.js';
import { repair, runOnce } from './repaired.js';
import { CLOUDS, renameByHand, type Scene } from './scene.js';

const random = (): number => 0.5;

/** What a forger writes in place of a member. */
const FORGED: readonly unknown[] = [
  undefined,
  null,
  '',
  'link:eu',
  'delete link eu',
  '__proto__',
  -1,
  1e308,
  '9999-99-99T99:99:99Z',
  [],
  {},
  { drains: { 'link:eu delete link eu': 1e12, '': -1 } },
  { ok: false, error: { code: 'OUTCOME_UNKNOWN', outcomeUnknown: true } },
];

/** The same records with one member of one of them, also a nested one, replaced. */
function* mutated(records: readonly JournalRecord[], chances: SeededRandom): Generator<readonly JournalRecord[]> {
  for (const [at, record] of records.entries()) {
    for (const path of pathsOf(record)) {
      const value = FORGED[Math.floor(chances.next() * FORGED.length)];
      yield records.with(at, replaced(record, path, value) as JournalRecord);
    }
  }
}

function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const own = path.length === 0 ? [] : [path];
  return [...own, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy: Record<string, unknown> = { ...(value as object) };
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

/** A journal of a run, and a resource of others that it claims to have created and to be deleting. */
async function scene(sceneOf: (seed: number) => Promise<Scene>) {
  const made = await sceneOf(7);
  const { simulation, by, gatewayId, creates } = made;
  const journal = memoryJournal();
  await repair(made, () => machine(simulation, { random, journal }));
  const foreign: string =
    creates === 'CreateVpcLink'
      ? foreignAws(made)
      : by('CloudAPI', 'CreateApi', { GroupId: gatewayId, ...FOREIGN_API }).ApiId;
  await simulation.advance(600_000);
  return { ...made, foreign, records: await journal.read(), journal };
}

/** A link and a route without marks. */
function foreignAws({ by, gatewayId }: Scene): string {
  const [link] = by('apigatewayv2', 'GetVpcLinks').Items;
  const input = { Name: 'theirs', SubnetIds: link.SubnetIds, SecurityGroupIds: link.SecurityGroupIds };
  by('apigatewayv2', 'CreateRoute', { ApiId: gatewayId, RouteKey: 'GET /theirs' });
  return by('apigatewayv2', 'CreateVpcLink', input).VpcLinkId as string;
}

/** Records that open intents for a resource of others: created, being deleted, to be waited for. */
function intentsFor(id: string, [first]: readonly JournalRecord[]): readonly JournalRecord[] {
  if (first === undefined) throw new InvalidInputError('INVALID_INPUT', 'a journal has a record');
  const of = { at: first.at, run: first.run };
  const steps = [
    `delete link eu (${id})`,
    `delete link theirs (${id})`,
    'create link theirs',
    'delete route GET /theirs',
  ];
  return steps.flatMap((step): readonly JournalRecord[] =>
    ['link:eu', 'link:theirs', `link:eu/${id}`, 'integration:orders'].flatMap((unit) => [
      { ...of, type: 'after', unit, step, value: { linkId: id, created: true, routeId: id } },
      { ...of, type: 'before', unit, step },
    ]),
  );
}

describe.each(sample(CLOUDS, 2))('a journal that somebody forged, on %s', (_, sceneOf) => {
  it('any member of any record replaced, and intents to delete what others own: nothing is deleted that the cloud does not show as owned', async () => {
    const { simulation, records, foreign, ...rest } = await scene(sceneOf);
    const before = JSON.stringify(rest.shape());
    const chances = new SeededRandom(7, 14);
    const read = (forged: readonly JournalRecord[]): Machine => {
      const kept = memoryJournal();
      return machine(simulation, { random, journal: { ...kept, read: () => Promise.resolve(forged) } });
    };
    const all = [...mutated([...records, ...intentsFor(foreign, records)], chances)];
    const every = Math.max(1, Math.floor(all.length / runs(6, 200)));
    const tried = all.filter((_one, at) => at % every === 0);
    const whole = { simulation, ...rest };
    for (const forged of within(tried)) {
      renameByHand(whole); // so that each run has a step
      await simulation.advance(1_000);
      const { error, failed } = await runOnce(whole, read(forged));
      expect(error === undefined || isPosternError(error) ? [] : [String(error), JSON.stringify(forged)]).toEqual([]);
      expect(failed).toEqual([]);
    }
    expect(JSON.stringify(rest.shape())).toBe(before);
    expect(tried.length).toBeGreaterThan(runs(4, 40));

    // The removal deletes what the marks show as owned, and leaves the rest.
    await runOnce(whole, read(all.at(-1) ?? []), { destroy: true });
    expect(rest.shape().join()).toMatch(/theirs/);
    expect(rest.shape().join()).not.toMatch(/\/orders/);
    if (rest.creates === 'CreateVpcLink') expect(rest.links()).toEqual([foreign]);
  });
});
