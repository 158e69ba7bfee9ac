import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/checks/finding.js';
import { check } from '../../src/checks/run.js';
import type { SnapshotList } from '../../src/snapshot/snapshot.js';
import { LONG_MS, runs } from '../runs.js';
import { ALIBABA_FAULTS } from './alibaba-faults.js';
import { AWS_FAULTS } from './aws-faults.js';
import type { Fault } from './faults.js';
import { alibabaWorld, awsWorld, type World } from './world.js';

/** What may be missing from a snapshot, and what is then not known. */
type Loss = (world: World) => void;

/** Members of things that are undefined where they were not read. */
const DETAILS: readonly (readonly [SnapshotList, readonly string[]])[] = [
  ['routeTables', ['routes']],
  ['networkAcls', ['entries']],
  ['prefixLists', ['cidrBlocks']],
  ['transitGateways', ['attachments']],
  ['transitGateways', ['routeTables']],
  ['virtualGateways', ['connections']],
  ['targetGroups', ['targets']],
  ['targetGroups', ['crossZone', 'preservesClientAddress']],
  ['listeners', ['actions', 'ruleActions']],
  ['listeners', ['actions', 'ruleActions', 'accessControl']],
  ['listeners', ['ruleActions']],
  ['listeners', ['certificateIds']],
  ['loadBalancers', ['crossZone', 'privateLinkEnforced']],
  ['loadBalancers', ['active', 'state', 'scheme', 'addresses']],
  ['services', ['instances']],
  ['subnets', ['routeTableId']],
  ['subnets', ['networkAclId']],
  ['subnets', ['freeAddresses', 'account']],
];

/** Every single thing that a snapshot of the world could lack. */
function lossesOf({ region }: World): readonly (readonly [string, Loss])[] {
  const losses: (readonly [string, Loss])[] = [];
  for (const [name, list] of Object.entries(region)) {
    if (!Array.isArray(list) || ['gaps', 'whole', 'retirement'].includes(name)) continue;
    const of = name as SnapshotList;
    losses.push([of, (world) => world.withhold(of, `svc:${of}`)]);
    for (const { id } of list as { id?: string }[]) {
      if (id === undefined) continue;
      losses.push([
        `${of} ${id}`,
        (world) => {
          if (world.region[of] !== undefined) world.withhold(of, `svc:${of}`, id);
        },
      ]);
    }
  }
  losses.push([
    'quotas',
    (world) => {
      world.region.quotas = {};
      world.region.gaps.push({ what: 'quotas', operation: 'q', code: 'PERMISSION_DENIED', of: 'quotas' });
    },
  ]);
  for (const [of, members] of DETAILS) {
    for (const { id } of (region[of] ?? []) as readonly { id: string }[]) {
      losses.push([
        `${members.join(' and ')} of ${id}`,
        (world) => {
          const item = ((world.region[of] ?? []) as Record<string, unknown>[]).find((one) => one['id'] === id);
          for (const member of members) delete item?.[member];
          world.region.gaps.push({ what: id, operation: 'd', code: 'PERMISSION_DENIED', permission: 'svc:d', of, id });
        },
      ]);
    }
  }
  return losses;
}

/** The worst verdict of each check on each thing. */
function verdictsOf(findings: readonly Finding[]): ReadonlyMap<string, Finding['verdict']> {
  const worst = new Map<string, Finding['verdict']>();
  for (const { check: id, integration, subject, verdict } of findings) {
    // A walk's own findings are told apart by where it begins and ends, where there are several.
    const key = `${id}, ${integration ?? ''}, ${id.startsWith('path/') ? (subject.split(' (')[0] ?? '') : subject}`;
    const known = worst.get(key);
    if (known === undefined || verdict === 'fail' || (verdict === 'unknown' && known === 'pass'))
      worst.set(key, verdict);
  }
  return worst;
}

/** What passes although it did not while more was known. */
function risen(
  worldOf: () => World,
  faults: readonly Fault[],
  [name, lose]: readonly [string, Loss],
  [lacking, before]: readonly [string, Loss] = ['nothing', () => undefined],
): readonly string[] {
  const [more, less] = [worldOf(), worldOf()];
  for (const world of [more, less]) {
    for (const [, change] of faults) change(world);
    before(world);
  }
  lose(less);
  const known = verdictsOf(check(more.snapshot, more.spec).findings);
  const after = verdictsOf(check(less.snapshot, less.spec).findings);
  return [...after]
    .filter(([key, verdict]) => verdict === 'pass' && (known.get(key) ?? 'pass') !== 'pass')
    .map(
      ([key]) => `${faults.map(([fault]) => fault).join(' + ')} − ${lacking} − ${name}: ${key} was ${known.get(key)}`,
    );
}

const worlds: readonly [string, () => World, readonly Fault[]][] = [
  ['AWS', awsWorld, AWS_FAULTS],
  ['Alibaba Cloud', alibabaWorld, ALIBABA_FAULTS],
];

describe.each(worlds)('a snapshot of %s that lacks something', (_, worldOf, faults) => {
  it(
    'passes nothing that failed or was unknown while it was there',
    () => {
      const some = fc.uniqueArray(fc.constantFrom(...faults), { minLength: 1, maxLength: 3 });
      fc.assert(
        fc.property(some, fc.nat(), fc.option(fc.nat()), (chosen, at, lacking) => {
          const world = worldOf();
          for (const [, change] of chosen) change(world);
          const losses = lossesOf(world);
          const loss = losses[at % losses.length];
          const before = lacking === null ? undefined : losses[lacking % losses.length];
          if (loss !== undefined) expect(risen(worldOf, chosen, loss, before)).toEqual([]);
        }),
        { numRuns: runs(60, 5_000) },
      );
    },
    LONG_MS,
  );

  it.runIf(process.env['POSTERN_PROVE'])(
    'passes nothing more: each fault with each loss',
    () => {
      const found = faults.flatMap((fault) => {
        const world = worldOf();
        fault[1](world);
        return lossesOf(world).flatMap((loss) => risen(worldOf, [fault], loss));
      });
      expect(found).toEqual([]);
    },
    LONG_MS,
  );
});
