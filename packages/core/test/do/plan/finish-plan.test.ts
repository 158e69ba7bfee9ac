import { smallSpec } from '../../fake-run.js';
import { describe, it, expect } from 'vitest';
import type { Snapshot } from '../../../src/do/snapshot/snapshot.js';
import { regionOf, draftOf } from './removal/owned.js';
import {
  finishPlan,
  draftedPlan,
  withMembers,
  specOf,
  comparable,
  fingerprint,
} from '../../../src/do/plan/finish-plan.js';
import type { Plan, Unit } from '../../../src/do/plan/plan.js';

const SPEC = smallSpec({ spec: 'orders-1' });

describe('a finished plan', () => {
  const snapshot = (fields: Partial<Snapshot> = {}): Snapshot => ({
    version: 1,
    takenAt: 'T',
    regions: [regionOf()],
    ...fields,
  });
  type Parts = Parameters<typeof finishPlan>[0];
  const parts = (fields: Partial<Parts> = {}): Parts => ({
    spec: SPEC,
    snapshot: snapshot(),
    part: draftOf(),
    goal: 'apply',
    options: {},
    unchanged: 3,
    unread: [],
    ...fields,
  });
  const finished = (fields: Partial<Parts> = {}): Plan => finishPlan(parts(fields));

  it('has the options that differ from the default, and nothing that is empty', () => {
    expect(finished()).toEqual({
      version: finished().version,
      project: 'shop',
      goal: 'apply',
      takenAt: 'T',
      fingerprint: expect.any(String),
      units: [],
      notes: [],
      unchanged: 3,
    });
    const options = { only: ['a'], prune: false, replaceFailed: true, deleteInstances: true, names: ['b'] };
    expect(finished({ options, snapshot: snapshot({ scope: 'all' }) }).options).toEqual({ ...options, all: true });
    expect(finished({ options: { replaceFailed: false, deleteInstances: false } })).not.toHaveProperty('options');
    expect(finished({ incomplete: [] })).not.toHaveProperty('incomplete');
    expect(finished({ incomplete: ['x'] }).incomplete).toEqual(['x']);
  });

  it('notes what could not be read, each once', () => {
    const gap = { what: 'links', operation: 'X', code: 'DENIED' } as never;
    const draft = draftOf();
    draft.notes.push('same', 'same');
    const regions = [regionOf({ gaps: [gap] }), regionOf({ gaps: [gap], unread: {} as never, region: 'eu-west-2' })];
    const part = {
      provider: 'aws',
      region: 'eu-west-2',
      account: '1',
      links: ['us'],
      integrations: ['bills'],
      code: 'X',
      message: 'm',
    } as never;
    const plan = finished({ part: draft, snapshot: snapshot({ regions }), unread: [part] });
    expect(plan.notes).toEqual([
      'aws eu-west-2 of account 1 could not be read (X): link us, integration bills left out of this plan',
      'same',
      'links in eu-west-1 could not be read: DENIED',
    ]);
    expect(plan.unread).toEqual([part]);
  });

  it('is known to this process, also with more members', () => {
    const draft = draftOf();
    draft.unread.push('eu-west-1');
    draft.narrowing.push('eu-west-2');
    const links = new Map([['eu', { kind: 'vpc-link-v2', id: 'l-1' } as const]]);
    const drafted = draftedPlan(parts({ part: draft, links }));
    expect([drafted.links, [...drafted.unread], [...drafted.narrowing]]).toEqual([links, ['eu-west-1'], ['eu-west-2']]);
    expect(draftedPlan(parts()).links.size).toBe(0);
    const plan = withMembers(drafted.plan, { otherFindings: 2 });
    expect([specOf(plan), plan.otherFindings]).toEqual([SPEC, 2]);
    const copy = { ...plan };
    expect([specOf(copy), specOf(withMembers(copy, {}))]).toEqual([undefined, undefined]);
  });

  const unit = (fields: object = {}, input: unknown = {}): Unit =>
    ({
      id: 'link:eu',
      kind: 'link',
      name: 'eu',
      provider: 'aws',
      region: 'eu',
      account: '1',
      dependsOn: [],
      steps: [{ id: 's', input, drainMs: 7 }],
      ...fields,
    }) as never;

  it('is compared without waits and tests', () => {
    const { steps: _steps, ...rest } = unit();
    const inputs = [{ leaves: 1, tests: 2, unusedMs: 3, a: 1 }, null, 'x', ['y']];
    expect(inputs.map((input) => comparable([unit({}, input)]))).toEqual(
      [{ a: 1 }, null, 'x', ['y']].map((input) => [{ ...rest, steps: [{ id: 's', input }] }]),
    );
  });

  it('has a fingerprint of project, goal, places and units', () => {
    const of = (regions: readonly object[], project = 'shop', goal = 'apply', units: readonly Unit[] = []) =>
      fingerprint(project, goal, snapshot({ regions: regions.map((one) => regionOf(one)) }), units);
    const two = [{}, { region: 'eu-west-2' }];
    expect(of(two)).toBe(of(two.toReversed()));
    const all = [
      of([{}]),
      of(two),
      of([{ account: '2' }]),
      of([{ provider: 'x' }]),
      of([{ product: 'p' }]),
      of([{}], 'crm'),
      of([{}], 'shop', 'destroy'),
      of([{}], 'shop', 'apply', [unit()]),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});
