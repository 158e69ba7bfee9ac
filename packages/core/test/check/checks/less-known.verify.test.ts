import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../../src/check/checks/run.js';
import { PROVE, runs } from '../../runs.js';
import { ALIBABA_FAULTS } from './alibaba-faults.js';
import { AWS_FAULTS } from './aws-faults.js';
import { REST_FAULTS } from './rest-faults.js';
import { restV1World } from './rest-world.js';
import type { Fault } from './faults.js';
import { LINK_FORMS, type LinkForm } from './link-forms.js';
import { lossesOf, type Loss } from './losses.js';
import { risen, vanished } from './what-is-lost.js';
import { alibabaWorld, awsWorld, type World } from './world.js';
import { CLOUDS } from '../../clouds.js';

/** The lists that a link is judged from. */
const LISTS = ['links', 'allowlists', 'subnets', 'securityGroups'];

/** What is wrong with the report on fewer facts: what newly passes, and what stopped a build and no longer does. */
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
  // Where two facts are missing, a verdict may depend on either of them first.
  const permissions = less.region.gaps.map(({ permission }) => permission);
  const reports = {
    before: check(more.snapshot, more.spec, { clouds: CLOUDS }).findings,
    after: check(less.snapshot, less.spec, { clouds: CLOUDS }).findings,
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
  ['a REST API over a link V1', restV1World, REST_FAULTS],
  ['Alibaba Cloud', alibabaWorld, ALIBABA_FAULTS],
];

describe.each(worlds)('a snapshot of %s that lacks something', (_, worldOf, faults) => {
  it('passes nothing that failed or was unknown with it, and still reports everything that failed', () => {
    const some = fc.uniqueArray(fc.constantFrom(...faults), { minLength: 1, maxLength: 3 });
    const forms = fc.constantFrom(...LINK_FORMS);
    fc.assert(
      fc.property(some, forms, fc.nat(), fc.option(fc.nat()), (chosen, form, at, lacking) => {
        const world = worldOf();
        try {
          for (const [, change] of chosen) change(world);
        } catch {
          return; // one fault takes away what another one changes
        }
        const losses = lossesOf(world);
        const loss = losses[at % losses.length];
        const before = lacking === null ? undefined : losses[lacking % losses.length];
        // A link that exists has subnets of one network: of two, the remaining one would decide which.
        const isOfTwo = chosen.some(([fault]) => fault === 'subnet of another network');
        if (isOfTwo && [loss, before].some((one) => one?.[0].startsWith('subnets') === true)) return;
        if (loss !== undefined) expect(wrong(worldOf, chosen, form, loss, before)).toEqual([]);
      }),
      // The slice is the same in each run, the long runs are not.
      { numRuns: runs(12, 20_000), ...(PROVE ? {} : { seed: 20_261_120 }) },
    );
  });

  it.each(LINK_FORMS)(
    'keeps the findings of a link looked up %s: each fault without each list (in the slice a third of them without one in turn)',
    (name, write) => {
      const turn = LINK_FORMS.findIndex(([form]) => form === name);
      const found = faults.flatMap((fault, at) => {
        if (at % runs(3, 1) !== turn % runs(3, 1)) return [];
        const world = worldOf();
        fault[1](world);
        const list = LISTS[(at + turn) % LISTS.length];
        const losses = lossesOf(world).filter(([lost]) => PROVE || lost === list);
        return losses.flatMap((loss) => wrong(worldOf, [fault], [name, write], loss));
      });
      expect(found).toEqual([]);
    },
  );
});

it('a link without groups of which no interface could be read is unknown, with the permission that is missing', () => {
  const faults = AWS_FAULTS.filter(([name]) => name === 'no security group' || name === 'no outbound rule');
  const interfaces = lossesOf(awsWorld()).filter(([name]) => name.startsWith('interfaces eni-link-'));
  expect([faults.length, interfaces.length]).toEqual([2, 2]);
  const [form] = LINK_FORMS;
  const [first, second] = interfaces;
  expect(form && first && second && wrong(awsWorld, faults, form, second, first)).toEqual([]);
});

it('a load balancer of which neither an address nor a subnet was read is unknown, with the permission that is missing', () => {
  const faults = AWS_FAULTS.filter(([name]) => name === 'balancer without interfaces' || name === 'balancer failed');
  const subnets = lossesOf(awsWorld()).filter(([name]) => name.startsWith('subnets subnet-lb-'));
  expect([faults.length, subnets.length]).toEqual([2, 2]);
  const [form] = LINK_FORMS;
  const [first, second] = subnets;
  expect(form && first && second && wrong(awsWorld, faults, form, second, first)).toEqual([]);
});

/** What the long runs found once. */
const FOUND: readonly (readonly [string, readonly string[], string])[] = [
  ['a V1 link whose target was not read', ['V1 link to an ALB'], 'targets'],
  [
    'a service as target of a link that was not read',
    ['a Cloud Map service with one unhealthy instance', 'V1 link to an ALB'],
    'links',
  ],
  [
    'a service whose instances have the ports of an allowlist, and were not read',
    ['an on-premises service, connection down', 'a new link', 'outbound rule for one subnet'],
    'services',
  ],
];

it.each(FOUND)('%s is unknown, with the permission that is missing', (_, names, list) => {
  const faults = names.flatMap((name) => AWS_FAULTS.filter(([fault]) => fault === name));
  expect(faults.length).toBe(names.length);
  const [form] = LINK_FORMS;
  const world = awsWorld();
  for (const [, change] of faults) change(world);
  const loss = lossesOf(world).find(([name]) => name === list);
  expect(form && loss && wrong(awsWorld, faults, form, loss)).toEqual([]);
});
