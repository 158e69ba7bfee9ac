import { CLOUDS } from '../../clouds.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check } from '../../../src/check/checks/run.js';
import { decodeSnapshot } from '../../../src/internal/decode.js';
import { encodeSnapshot } from '../../../src/do/snapshot/encode.js';
import { maskAccounts, redactSnapshot } from '../../../src/do/snapshot/redact.js';
import { specInMasks } from '../../../src/do/world/prepare.js';
import { RESOURCES } from '../../../src/do/snapshot/resources/resources.js';
import type { Snapshot, SnapshotList } from '../../../src/do/snapshot/snapshot.js';
import { sortSnapshot } from '../../../src/do/snapshot/arrange.js';
import { alibabaWorld, awsWorld, type World } from '../../check/checks/world.js';
import { runs } from '../../runs.js';

/** A fault of a world: a resource does not exist, is not readable, or belongs to another account. */
type Blow =
  | { readonly is: 'gone' | 'unread' | 'foreign'; readonly list: number; readonly item: number }
  | { readonly is: 'withheld'; readonly list: number };

const arbBlows: fc.Arbitrary<readonly Blow[]> = fc.array(
  fc.oneof(
    fc.record({
      is: fc.constantFrom('gone' as const, 'unread' as const, 'foreign' as const),
      list: fc.nat(),
      item: fc.nat(),
    }),
    fc.record({ is: fc.constant('withheld' as const), list: fc.nat() }),
  ),
  { maxLength: 4 },
);

/** Lists whose items may be another account's. */
const OWNED: ReadonlySet<string> = new Set(
  Object.entries(RESOURCES).flatMap(([list, { items }]) =>
    'account' in (items.schema['items'] as { readonly properties: object }).properties ? [list] : [],
  ),
);

function strike(world: World, blows: readonly Blow[]): Snapshot {
  for (const blow of blows) {
    const lists = Object.entries(world.region as unknown as Record<string, unknown>).filter(
      ([name, list]) => Array.isArray(list) && name !== 'gaps' && name !== 'whole' && name !== 'retirement',
    ) as [SnapshotList, Record<string, unknown>[]][];
    const [name, items] = lists[blow.list % lists.length]!;
    if (blow.is === 'withheld') world.withhold(name, `svc:Describe${name}`);
    else if (items.length > 0) {
      const at = blow.item % items.length;
      const item = items[at]!;
      if (blow.is === 'gone') items.splice(at, 1);
      else if (blow.is === 'foreign') {
        if (OWNED.has(name)) item['account'] = '444455556666';
      } else if (typeof item['id'] === 'string') world.withhold(name, `svc:Describe${name}`, item['id']);
    }
  }
  return world.snapshot;
}

const worlds: readonly [string, (change?: (world: World) => void) => World][] = [
  ['AWS', awsWorld],
  ['Alibaba Cloud', alibabaWorld],
];

describe.each(worlds)('checks of %s', (_, worldOf) => {
  it('have the same results for a snapshot and its file, which has no secrets and no raw objects', () => {
    fc.assert(
      fc.property(arbBlows, (blows) => {
        const world = worldOf();
        const snapshot = strike(world, blows);
        const file = decodeSnapshot(encodeSnapshot(snapshot));
        expect(check(file, world.spec, { clouds: CLOUDS })).toEqual(
          check(sortSnapshot(snapshot), world.spec, { clouds: CLOUDS }),
        );
      }),
      { numRuns: runs(16, 2_000) },
    );
  });

  it('have the same results for a redacted snapshot, except for the masks', () => {
    fc.assert(
      fc.property(arbBlows, fc.boolean(), (blows, named) => {
        const world = worldOf();
        if (named) world.linkSpec.account = world.region.account;
        const snapshot = strike(world, blows);
        const masks = new Map<string, string>();
        const redacted = decodeSnapshot(encodeSnapshot(snapshot, { redact: masks }));
        const plain = check(sortSnapshot(snapshot), world.spec, { clouds: CLOUDS });
        const masked = check(redacted, world.spec, { clouds: CLOUDS });
        const text = (report: unknown): unknown =>
          (report as { findings: unknown[] }).findings.map((finding) => JSON.stringify(finding)).sort();
        expect(text(masked)).toEqual(text(maskAccounts(plain, masks)));
        expect(JSON.stringify(masked)).not.toContain(world.region.account);
      }),
      { numRuns: runs(16, 2_000) },
    );
  });
});

describe('a spec and a redacted snapshot', () => {
  const world = awsWorld();
  const redacted = redactSnapshot(world.snapshot);
  const listener = 'arn:aws:elasticloadbalancing:eu-west-1:999900001111:listener/app/x/1/2';

  it('a mask is a valid account', () => {
    const spec = { ...world.spec, links: { eu: { ...world.linkSpec, account: '000000000001' } } };
    expect(specInMasks(redacted, spec).links['eu']).toMatchObject({ account: '000000000001' });
  });

  it('an account that is only found in an ARN is not guessed', () => {
    const targets = { orders: { ref: { listener } } };
    const spec = { ...world.spec, integrations: { orders: { ...world.integration, targets } } };
    expect(() => specInMasks(redacted, spec)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', place: { path: 'integrations.orders' } }),
    );
    expect(specInMasks(world.snapshot, spec)).toBe(spec);
  });

  it('of two accounts in one region none is guessed', () => {
    const [region] = world.snapshot.regions;
    const regions = [region!, { ...region!, account: '444455556666' }];
    const two = redactSnapshot({ ...world.snapshot, regions });
    const spec = { ...world.spec, links: { eu: { ...world.linkSpec, account: '444455556666' } } };
    expect(() => specInMasks(two, spec)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', place: { path: 'links.eu.account' } }),
    );
  });
});
