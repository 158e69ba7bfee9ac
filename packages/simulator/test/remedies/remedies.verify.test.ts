import { describe, expect, it } from 'vitest';
import { seeds } from '../../../core/test/runs.js';
import { ALIBABA_WAYS } from './alibaba-ways.js';
import { AWS_WAYS } from './aws-ways.js';
import { errorsOf, isGone, worsened } from './compare.js';
import { generated, opened, reportOn, type Cloud, type Generated } from './generated.js';
import { followed, type Way } from './way.js';
import type { Finding, Report } from '@postern/core/internal/library';
import type { SavedWorld } from '../../src/internal/simulation.js';

const WAYS: Readonly<Record<Cloud, readonly Way[]>> = { aws: AWS_WAYS, alibaba: ALIBABA_WAYS };

/** Checks with remedies that no program can follow, and why. All remedies of other checks are followed. */
const LEFT: Readonly<Record<string, string>> = {
  'path/outside': 'networks must be connected',
  'path/peering': 'networks must be connected, or another account must accept',
  'path/endpoint': 'another account must accept, or subnets of a zone must be chosen',
  'path/transit': 'a route table or attachment must be chosen',
  'path/route': 'a next hop must be chosen',
  'path/return': 'a next hop of the return path must be chosen',
  'path/on-premises': 'a connection outside of the cloud must become available',
  'path/load-balancer': 'the target of a listener or rule, and its servers, must be chosen',
  'target/protocol': 'the name on the certificate must be added to the spec, and no world contains it',
  'target/answers': 'the target of a listener or rule must be chosen',
  'target/listener': 'the protocol of a new listener must be chosen',
  'target/healthy': 'servers must be chosen',
  'cidr/outside-network': 'networks must be connected, where a target is in the block',
};

/** The result of following remedies. */
interface Tally {
  readonly done: Map<string, number>;
  /** Remedies that require a choice, or name something outside of the cloud, by check. */
  readonly left: Map<string, number>;
  readonly wrong: string[];
}

const count = (to: Map<string, number>, { check }: Finding): void => void to.set(check, (to.get(check) ?? 0) + 1);

/**
 * Follows each remedy of a report in its own copy of the account. Then continues with the first that could be
 * followed, because one block of a call hides the next.
 */
async function followAll(one: Generated, tally: Tally, depth = 0): Promise<void> {
  const before = await reportOn(one, opened(one.world));
  let next: SavedWorld | undefined;
  for (const finding of errorsOf(before)) next = (await followOne(one, before, finding, tally)) ?? next;
  if (next !== undefined && depth < 5) await followAll({ ...one, world: next }, tally, depth + 1);
}

async function followOne(
  one: Generated,
  before: Report,
  finding: Finding,
  tally: Tally,
): Promise<SavedWorld | undefined> {
  const { cloud, seed } = one;
  const { check, remedy = '' } = finding;
  const twin = opened(one.world);
  let sentences = 0;
  try {
    sentences = await followed(twin, remedy, WAYS[cloud]);
  } catch (error) {
    tally.wrong.push(`seed ${seed}, ${check}: ${String(error)}\n  ${remedy}`);
    return undefined;
  }
  count(sentences === 0 ? tally.left : tally.done, finding);
  if (sentences === 0) return undefined;
  const after = await reportOn(one, twin);
  const worse = worsened(before, after);
  if (!isGone(finding, after))
    tally.wrong.push(`seed ${seed}, ${check} is still reported: ${finding.message}\n  ${remedy}`);
  if (worse.length > 0) tally.wrong.push(`seed ${seed}, ${check}: ${remedy}\n  ${worse.join('\n  ')}`);
  return isGone(finding, after) ? twin.world() : undefined;
}

describe('remedies of severity error, followed in copies of the account', () => {
  it.each(['aws', 'alibaba'] as const)(
    'in generated worlds of %s each clears its finding and makes no other worse',
    async (cloud) => {
      const tally: Tally = { done: new Map(), left: new Map(), wrong: [] };
      let worlds = 0;
      for (const seed of seeds(6, 500, 20)) {
        await followAll(await generated(cloud, seed), tally);
        worlds += 1;
      }
      const sum = (of: Map<string, number>): number => [...of.values()].reduce((all, own) => all + own, 0);
      console.log(
        `${cloud}: ${worlds} worlds, ${sum(tally.done)} remedies followed`,
        Object.fromEntries(tally.done),
        `${sum(tally.left)} left to people`,
        Object.fromEntries(tally.left),
      );
      expect(tally.wrong).toEqual([]);
      expect([...tally.left.keys()].filter((id) => !Object.hasOwn(LEFT, id))).toEqual([]);
      expect(sum(tally.done)).toBeGreaterThan(worlds / 4);
    },
  );
});
