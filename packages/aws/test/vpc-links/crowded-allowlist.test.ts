import type { Spec } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { carriedOut, planOf } from '../../../testing/src/conformance/apply/spec-runs.js';
import { refusalOf, simulated, specOver } from '../world/simulated.js';
import { vpcLink } from '../world/refs.js';

type Cloud = Awaited<ReturnType<typeof simulated>>;

/** Blocks that do not merge: every other /24 of 10.20.0.0/16, then of 10.21.0.0/16. */
const blocks = (from: number, to: number, second = 20): readonly string[] =>
  Array.from({ length: to - from }, (_, index) => `10.${second}.${(from + index) * 2}.0/24`);

const specOf = (cloud: Cloud, allowlist: readonly string[], hasRoute = true): Spec =>
  specOver(cloud, hasRoute ? { 'GET /pay': 't' } : {}, {
    id: 'pay-7f3k2q',
    link: 'pay',
    subnets: cloud.world.subnetIds.slice(0, 1),
    access: `allowlist: [${allowlist.join(', ')}]`,
    name: 'pay',
  });

async function applied(cloud: Cloud, spec: Spec): Promise<readonly string[]> {
  const { events, errors } = await carriedOut(cloud, spec, await planOf(cloud, spec));
  expect(errors).toEqual([]);
  return events.flatMap((event) => (event.type === 'step.done' ? [event.step] : []));
}

async function allowed({ driver, ctx }: Cloud): Promise<readonly string[]> {
  const { allowlists } = await driver.observe({ all: true, project: 'shop' }, ctx);
  return (allowlists[0]?.entries ?? []).map(({ cidrBlock }) => cidrBlock).toSorted();
}

describe('old and new rules of an allowlist that do not fit into its group together', () => {
  it('are refused by the plan while a route uses the link, and applied in the two parts that the remedy names', async () => {
    const cloud = await simulated();
    await applied(cloud, specOf(cloud, blocks(0, 60)));
    const wanted = [...blocks(5, 60), ...blocks(0, 5, 21)];
    const from = cloud.simulation.journal().length;
    const error = await refusalOf(planOf(cloud, specOf(cloud, wanted)));
    expect(error).toMatchObject({ code: 'ALLOWLIST_FULL', details: { there: 60, over: 5, limit: 60 } });
    expect(error.message).toMatch(/^security group sg-\w+ of link \w+ has 60 rules and holds 60: 5 of the new rules/);
    expect(error.message).toContain('route GET /pay of');
    expect(error.remedy).toMatch(/^Leave 5 of the new rules out/);
    expect(error.place?.path).toBe('links.pay.allowlist');
    expect(cloud.calledSince(from).filter((name) => /^(Authorize|Revoke)/.test(name))).toEqual([]);

    expect(await applied(cloud, specOf(cloud, blocks(5, 60)))).toEqual(['revoke pay']);
    expect(await applied(cloud, specOf(cloud, wanted))).toEqual(['allow pay']);
    expect(await allowed(cloud)).toEqual(wanted.toSorted());
  });

  it('are replaced at once where no route uses the link', async () => {
    const cloud = await simulated();
    await applied(cloud, specOf(cloud, blocks(0, 60), false));
    const wanted = [...blocks(5, 60), ...blocks(0, 5, 21)];
    expect(await applied(cloud, specOf(cloud, wanted, false))).toEqual(['revoke pay', 'allow pay']);
    expect(await allowed(cloud)).toEqual(wanted.toSorted());
  });

  it('need no second part where the rules that stay cover the deleted ones', async () => {
    const cloud = await simulated();
    await applied(cloud, specOf(cloud, [...blocks(1, 55), '10.30.0.0/16']));
    // Added outside of Postern: five narrower rules, which the declared /16 covers.
    const { allowlists } = await cloud.driver.observe({ all: true, project: 'shop' }, cloud.ctx);
    const [list] = allowlists;
    const extra = blocks(0, 5, 30).map((cidrBlock) => ({ ...list!.entries[0]!, cidrBlock }));
    await cloud.driver.allowlist.allow(vpcLink(list!.linkId), extra, cloud.ctx);
    const wanted = [...blocks(1, 55), '10.30.0.0/16', ...blocks(0, 5, 21)];
    expect(await applied(cloud, specOf(cloud, wanted))).toEqual(['revoke pay', 'allow pay']);
    expect(await allowed(cloud)).toEqual(wanted.toSorted());
  });
});
