import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/checks/run.js';
import type { SnapshotList } from '../../src/snapshot/snapshot.js';
import { LONG_MS, runs } from '../runs.js';
import { ALIBABA_FAULTS } from './alibaba-faults.js';
import { AWS_FAULTS } from './aws-faults.js';
import type { Fault } from './faults.js';
import { LINK_FORMS, type LinkForm } from './link-forms.js';
import { risen, vanished } from './what-is-lost.js';
import { alibabaWorld, awsWorld, type World } from './world.js';

/** Whole lists that what is known of a link rests on. */
const LISTS = ['links', 'allowlists', 'subnets', 'securityGroups'];

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
  ['listeners', ['actions', 'rules']],
  ['listeners', ['actions', 'rules', 'accessControl']],
  ['listeners', ['rules']],
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
          // Two faults may have made the same thing.
          for (const item of (world.region[of] ?? []) as Record<string, unknown>[]) {
            if (item['id'] === id) for (const member of members) delete item[member];
          }
          world.region.gaps.push({ what: id, operation: 'd', code: 'PERMISSION_DENIED', permission: 'svc:d', of, id });
        },
      ]);
    }
  }
  return losses;
}

/** What is wrong with the report on less: what passes although it did not, and what stopped a build and no longer does. */
function wrong(
  worldOf: () => World,
  faults: readonly Fault[],
  [form, write]: LinkForm,
  [name, lose]: readonly [string, Loss],
  [lacking, before]: readonly [string, Loss] = ['nothing', () => undefined],
): readonly string[] {
  const [more, less] = [worldOf(), worldOf()];
  for (const world of [more, less]) {
    for (const [, change] of faults) change(world);
    write(world);
    before(world);
  }
  lose(less);
  // Where two facts are missing, either may be what a verdict rests on first.
  const permissions = less.region.gaps.map(({ permission }) => permission);
  const reports = {
    before: check(more.snapshot, more.spec).findings,
    after: check(less.snapshot, less.spec).findings,
    permissions: permissions.every((one) => one !== undefined) ? permissions : undefined,
  };
  const where = `${faults.map(([fault]) => fault).join(' + ')}, ${form} − ${lacking} − ${name}`;
  return [
    ...risen(reports).map((text) => `${where}: ${text}`),
    ...vanished(reports).map((text) => `${where}: ${text} is gone`),
  ];
}

const worlds: readonly [string, () => World, readonly Fault[]][] = [
  ['AWS', awsWorld, AWS_FAULTS],
  ['Alibaba Cloud', alibabaWorld, ALIBABA_FAULTS],
];

describe.each(worlds)('a snapshot of %s that lacks something', (_, worldOf, faults) => {
  it(
    'passes nothing that failed or was unknown while it was there, and is silent on nothing that failed',
    () => {
      const some = fc.uniqueArray(fc.constantFrom(...faults), { minLength: 1, maxLength: 3 });
      const forms = fc.constantFrom(...LINK_FORMS);
      fc.assert(
        fc.property(some, forms, fc.nat(), fc.option(fc.nat()), (chosen, form, at, lacking) => {
          const world = worldOf();
          for (const [, change] of chosen) change(world);
          const losses = lossesOf(world);
          const loss = losses[at % losses.length];
          const before = lacking === null ? undefined : losses[lacking % losses.length];
          if (loss !== undefined) expect(wrong(worldOf, chosen, form, loss, before)).toEqual([]);
        }),
        // The slice is the same in each run, the long ones are not.
        { numRuns: runs(100, 20_000), ...(process.env['POSTERN_PROVE'] === '1' ? {} : { seed: 20_261_120 }) },
      );
    },
    LONG_MS,
  );

  it.each(LINK_FORMS)(
    'keeps what it says of a link that is looked up %s: each fault with each list gone (in the slice with one in turn)',
    (name, write) => {
      const turn = LINK_FORMS.findIndex(([form]) => form === name);
      const found = faults.flatMap((fault, at) => {
        const world = worldOf();
        fault[1](world);
        const list = LISTS[(at + turn) % LISTS.length];
        const losses = lossesOf(world).filter(([lost]) => process.env['POSTERN_PROVE'] || lost === list);
        return losses.flatMap((loss) => wrong(worldOf, [fault], [name, write], loss));
      });
      expect(found).toEqual([]);
    },
    LONG_MS,
  );
});
