import { isPosternError, type Finding, type Spec } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { seeds, sample } from '../../../core/test/runs.js';
import { attempt, HTTP_CHANGES, httpRoute, REST_CHANGES, restMethod, type Change } from './changes.js';
import { appliedOn, planOn } from './managed.js';
import { answered, buildRegion, copyOf, reportOf, specOf, STAGE, type Copy, type Region } from './deployments-world.js';

/** Enough for a canary with half of the calls: one of 2²⁴ sequences has all of them on one side. */
const CALLS = 24;

interface Kind {
  readonly changes: Readonly<Record<string, Change>>;
  /** The API as it is declared, and deployed. */
  readonly begin: (copy: Copy, keys: readonly string[]) => void;
  /** What an apply does not create. */
  readonly createStage: (copy: Copy) => void;
}

const KINDS: Readonly<Record<'rest' | 'http', Kind>> = {
  rest: {
    changes: REST_CHANGES,
    begin: (copy, keys) => {
      for (const key of keys) restMethod(copy, key.split(' ')[0] ?? '');
      copy.rest('CreateDeployment', { stageName: STAGE, variables: { link: copy.ids.link } });
    },
    createStage: () => undefined,
  },
  http: {
    changes: HTTP_CHANGES,
    begin: (copy, keys) => {
      for (const key of keys) httpRoute(copy, key);
      copy.http('CreateStage', { StageName: STAGE });
      copy.http('CreateDeployment', { StageName: STAGE });
    },
    createStage: (copy) => copy.http('CreateStage', { StageName: STAGE }),
  },
};

const KEYS = [['POST /orders'], ['GET /orders', 'POST /orders'], ['ANY /orders']] as const;
const METHODS = [undefined, ['GET'], ['POST']] as const;

/** The same numbers for a seed in every run. */
function numbers(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761) % 2_147_483_647 || 1;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

interface Outcome {
  readonly verdict: 'pass' | 'fail' | 'unknown';
  readonly works: boolean;
  readonly text: string;
  /** What an apply left wrong, although it was not refused; undefined where it was, or where nothing is managed. */
  readonly left?: string | undefined;
}

/** Who declares the routes: others, whose API is judged as it is, or a spec that was applied before the changes. */
type Owner = 'external' | 'managed';

async function outcomeOf(
  kind: 'rest' | 'http',
  owner: Owner,
  regions: readonly Region[],
  seed: number,
): Promise<Outcome> {
  const next = numbers(seed);
  const keys = KEYS[next(KEYS.length)] ?? KEYS[0];
  const copy = copyOf(regions[next(regions.length)] as Region, seed);
  const spec = specOf(copy, kind, keys, owner);
  const { changes, begin, createStage } = KINDS[kind];
  if (owner === 'external') begin(copy, keys);
  else {
    createStage(copy);
    expect(await appliedOn(copy, spec)).toEqual([]);
    await copy.simulation.advance(60_000);
  }
  const names = Object.keys(changes);
  const done: string[] = [];
  for (let left = 1 + next(6); left > 0; left -= 1) {
    const name = names[next(names.length)] ?? '';
    const choice = next(1_000);
    if (attempt(copy, changes[name] as Change, choice)) done.push(`${name} ${choice}`);
    // Deployments are frequent, so that many changes are served.
    if (next(3) === 0 && attempt(copy, changes['deploy'] as Change, 0)) done.push('deploy');
    await copy.simulation.advance(60_000);
  }
  const { findings } = await reportOf(copy, spec);
  let works = true;
  for (const key of keys) works &&= (await answered(copy, kind, key, CALLS, owner)) === CALLS;
  // That a plan is refused says nothing about calls.
  const failing = findings.filter(
    (one) => one.verdict === 'fail' && one.severity === 'error' && one.code !== 'ROUTE_TAKEN',
  );
  // A warning says that some of the calls may get another answer; an unknown decides nothing.
  const unknown = findings.filter(
    (one) => one.verdict === 'unknown' || one.code === 'METHOD_ELSEWHERE' || isPending(one),
  );
  const verdict = failing.length > 0 ? 'fail' : unknown.length > 0 ? 'unknown' : 'pass';
  const told = [...failing, ...unknown].map((one) => `${one.check} ${one.code} (${one.severity}): ${one.message}`);
  const text = [`${seed} ${keys.join(', ')}: ${done.join(', ')}`, ...told].join('\n  ');
  const left = owner === 'managed' ? await leftAfterApply(copy, kind, spec) : undefined;
  return { verdict, works, text, ...(left === undefined ? {} : { left: `${left} after apply: ${text}` }) };
}

/** The checks of what a plan corrects. */
const CORRECTED: ReadonlySet<string> = new Set(['gateway/live-route', 'gateway/undeployed']);

/** Applies the spec. @returns what is wrong then: nothing, unless the plan was refused or a canary takes calls. */
async function leftAfterApply(copy: Copy, kind: 'rest' | 'http', spec: Spec): Promise<string | undefined> {
  const canary = kind === 'rest' ? copy.rest('GetStages').item[0]?.canarySettings : undefined;
  if ((canary?.percentTraffic ?? 0) > 0) return undefined;
  try {
    const errors = await appliedOn(copy, spec);
    if (errors.length > 0) return errors.map(({ message }) => message).join('; ');
  } catch (error) {
    if (isPosternError(error)) return undefined;
    throw error;
  }
  await copy.simulation.advance(60_000);
  // Load balancers, policies and endpoints may still stop calls: no plan changes those.
  const { findings } = await reportOf(copy, spec);
  const failing = findings.filter(
    (one) => one.verdict === 'fail' && one.severity === 'error' && CORRECTED.has(one.check),
  );
  if (failing.length > 0) return failing.map(({ check, message }) => `${check}: ${message}`).join('; ');
  // What a route left that others deleted is removed by the next run.
  const steps = (await planOn(copy, spec)).units
    .flatMap((unit) => unit.steps)
    .filter(({ id }) => !id.startsWith('sweep'));
  return steps.length === 0 ? undefined : steps.map(({ id }) => id).join(', ');
}

/** A warning that a run changes a route: what callers get until then is not judged. */
function isPending({ code, verdict, severity }: Pick<Finding, 'code' | 'verdict' | 'severity'>): boolean {
  return code === 'ROUTE_TAKEN' || (code === 'ROUTE_DIFFERS' && verdict === 'fail' && severity === 'warning');
}

describe.each(
  sample(
    [
      ['rest', 'external'],
      ['http', 'managed'],
      ['http', 'external'],
      ['rest', 'managed'],
    ],
    2,
  ),
)('check of a changed %s API with %s routes, and calls through it', (kind, owner) => {
  it('never disagree', async () => {
    const regions = await Promise.all(METHODS.map(buildRegion));
    const count = { pass: 0, fail: 0, unknown: 0 };
    const contradictions: string[] = [];
    const unrepaired: string[] = [];
    for (const seed of seeds(5, 500)) {
      const { verdict, works, text, left } = await outcomeOf(kind, owner, regions, seed);
      if (left !== undefined) unrepaired.push(left);
      count[verdict] += 1;
      if ((verdict === 'pass' && !works) || (verdict === 'fail' && works)) {
        contradictions.push(`${works ? 'calls work' : 'calls fail'}, ${verdict}: ${text}`);
      }
    }
    console.log(`${kind}, ${owner}: ${JSON.stringify(count)}, ${contradictions.length} contradictions`);
    expect(contradictions).toEqual([]);
    expect(unrepaired).toEqual([]);
    // Each verdict is reached, so that a contradiction would show.
    expect(Math.min(count.pass, count.fail, count.unknown)).toBeGreaterThan(0);
  });
});
