import { MAX_PORT } from '@postern/core/internal/adapter';
import { InvalidInputError, type RegionSnapshot, type Snapshot, type Plan } from '@postern/core/internal/library';
import { parsePrefix } from '@postern/core/internal/cidr';
import { ruleText, jsonText } from '@postern/core/internal/report';
import { z } from 'zod';
import { createHash, randomBytes } from 'node:crypto';
import { isSameSecret } from '../process/secrets.js';

// Changes of a network that `what_if` judges: of a copy of a snapshot, never of a cloud.

const id = z.string().max(200);
const cidr = z.string().max(64).describe('Block: 10.0.0.0/16');
const port = z.number().int().min(1).max(MAX_PORT);

const openPort = z.object({
  change: z.literal('open_port'),
  group: id.describe('Security group'),
  direction: z.enum(['in', 'out']),
  port,
  cidr,
});
const removeRule = z.object({
  change: z.literal('remove_rule'),
  group: id,
  rule: id.describe('As explain and inspect show it: in tcp 443 from 10.0.0.0/16'),
});
const addRoute = z.object({
  change: z.literal('add_route'),
  table: id,
  cidr,
  via: id.describe('Next hop that another route has'),
});
const removeRoute = z.object({ change: z.literal('remove_route'), table: id, cidr });
const moveSubnet = z.object({
  change: z.literal('move_subnet'),
  subnet: id,
  table: id.describe('Its new route table'),
});

export const change = z.discriminatedUnion('change', [openPort, removeRule, addRoute, removeRoute, moveSubnet]);
export type Change = z.output<typeof change>;

/** What a change makes of a region; undefined where the region does not have what it names. */
type Edit<Of extends Change> = (region: RegionSnapshot, change: Of) => RegionSnapshot | undefined;

const EDITS: { readonly [Name in Change['change']]: Edit<Extract<Change, { readonly change: Name }>> } = {
  open_port: (region, { group, direction, port: number, cidr: cidrBlock }) =>
    edited(
      region,
      'securityGroups',
      ({ id: own }) => own === group,
      (one) => ({
        ...one,
        rules: [...one.rules, { direction, protocol: 'tcp', fromPort: number, toPort: number, cidrBlock }],
      }),
    ),
  remove_rule: (region, { group, rule }) =>
    edited(
      region,
      'securityGroups',
      ({ id: own, rules }) => own === group && rules.some((one) => ruleText(one) === rule),
      (one) => ({ ...one, rules: one.rules.filter((of) => ruleText(of) !== rule) }),
    ),
  add_route: (region, { table, cidr: cidrBlock, via }) => {
    const nextHop = (region.routeTables ?? [])
      .flatMap(({ routes = [] }) => routes)
      .find((one) => one.nextHop.id === via)?.nextHop;
    if (nextHop === undefined) return undefined;

    return edited(
      region,
      'routeTables',
      ({ id: own }) => own === table,
      (one) => ({
        ...one,
        routes: [...(one.routes ?? []), { cidrBlock, nextHop, state: 'active', origin: 'static' }],
      }),
    );
  },
  remove_route: (region, { table, cidr: cidrBlock }) =>
    edited(
      region,
      'routeTables',
      ({ id: own, routes = [] }) => own === table && routes.some((one) => one.cidrBlock === cidrBlock),
      (one) => ({ ...one, routes: one.routes?.filter((route) => route.cidrBlock !== cidrBlock) }),
    ),
  move_subnet: (region, { subnet, table }) =>
    region.routeTables?.some(({ id: own }) => own === table)
      ? edited(
          region,
          'subnets',
          ({ id: own }) => own === subnet,
          (one) => ({ ...one, routeTableId: table }),
        )
      : undefined,
};

/**
 * A snapshot with changes.
 * @throws {InvalidInputError} `INVALID_PREFIX`; `UNKNOWN_REFERENCE` for a resource that the snapshot does not have.
 */
export function withChanges(snapshot: Snapshot, changes: readonly Change[]): Snapshot {
  return changes.reduce(withChange, snapshot);
}

function withChange(snapshot: Snapshot, one: Change): Snapshot {
  if ('cidr' in one) parsePrefix(one.cidr);
  let isFound = false;
  const regions = snapshot.regions.map((region) => {
    const after = (EDITS[one.change] as Edit<Change>)(region, one);
    if (after !== undefined) isFound = true;
    return after ?? region;
  });
  if (isFound) return { ...snapshot, regions };

  throw new InvalidInputError('UNKNOWN_REFERENCE', `${changeText(one)}: the network does not have what this names`, {
    remedy: 'inspect shows groups, rules and route tables of a link, and explain those on a path.',
  });
}

/** `open_port sg-1 in 443 10.0.0.0/16` */
export function changeText({ change: what, ...of }: Change): string {
  return [what, ...Object.values(of)].join(' ');
}

type List = 'securityGroups' | 'routeTables' | 'subnets';
type Item<L extends List> = NonNullable<RegionSnapshot[L]>[number];

function edited<L extends List>(
  region: RegionSnapshot,
  list: L,
  fits: (item: Item<L>) => boolean,
  edit: (item: Item<L>) => Item<L>,
): RegionSnapshot | undefined {
  const items = (region[list] ?? []) as readonly Item<L>[];
  if (!items.some(fits)) return undefined;

  return { ...region, [list]: items.map((item) => (fits(item) ? edit(item) : item)) };
}

/** How long a plan can be applied after it was shown. */
export const PLAN_TTL_SECONDS = 600;

/** Plans that are kept: the oldest goes first. */
const MOST_PLANS = 20;

export interface ShownPlan {
  /** `3f9a…-81c0…`: the beginning of the digest, and random digits. Cannot be guessed. */
  readonly id: string;
  /** SHA-256 of the plan, in hexadecimal digits. */
  readonly digest: string;
  readonly plan: Plan;
  /** On the clock of the server. */
  readonly expiresAt: number;
}

/** The plans of one server. */
export interface ShownPlans {
  readonly add: (plan: Plan) => ShownPlan;
  /** The plan with this ID and digest; undefined where it was never shown, has expired or was taken. */
  readonly find: (id: string, digest: string) => ShownPlan | undefined;
  /** The same, which is gone afterwards: a plan is applied once. */
  readonly take: (id: string, digest: string) => ShownPlan | undefined;
}

/** @param now milliseconds of a clock that never goes back */
export function shownPlans(now: () => number): ShownPlans {
  const plans = new Map<string, ShownPlan>();
  const find: ShownPlans['find'] = (id, digest) => {
    for (const one of plans.values()) if (one.expiresAt <= now()) plans.delete(one.id);
    const found = plans.get(id);
    return found !== undefined && isSameSecret(found.digest, digest) && isSameSecret(digestOf(found.plan), digest)
      ? found
      : undefined;
  };
  return {
    add: (plan) => {
      const digest = digestOf(plan);
      const id = `${digest.slice(0, 16)}-${randomBytes(16).toString('hex')}`;
      const shown: ShownPlan = { id, digest, plan, expiresAt: now() + PLAN_TTL_SECONDS * 1_000 };
      const [oldest] = plans.keys();
      if (plans.size >= MOST_PLANS && oldest !== undefined) plans.delete(oldest);
      plans.set(id, shown);
      return shown;
    },
    find,
    take: (id, digest) => {
      const found = find(id, digest);
      if (found !== undefined) plans.delete(id);
      return found;
    },
  };
}

function digestOf(plan: Plan): string {
  return createHash('sha256').update(jsonText(plan)).digest('hex');
}

/** What a plan deletes or replaces: `delete route ANY /orders (link:eu)`. */
export function deletionsOf({ units }: Plan): readonly string[] {
  return units.flatMap(({ id, steps }) =>
    steps
      .filter(({ kind }) => kind === 'delete' || kind === 'replace')
      .map(({ kind, resource }) => `${kind} ${resource.type} ${resource.name} (${resource.id ?? id})`),
  );
}
