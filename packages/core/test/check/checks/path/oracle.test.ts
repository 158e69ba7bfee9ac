import { CLOUDS } from '../../../clouds.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivedFrom } from '../../../../src/do/world/derived.js';
import { indexRegion } from '../../../../src/do/world/index/region-index.js';
import { filterOf } from '../../../../src/check/path/groups/filter.js';
import type { Lists } from '../../../../src/check/path/model/world.js';
import { createGroupSet } from '../../../../src/check/path/model/group-set.js';
import { judgeGroups } from '../../../../src/check/path/groups/judge.js';
import { ACL_BACK_IN, ACL_IN } from '../../../../src/check/path/acls/acl-entries.js';
import { aclStep } from '../../../../src/check/path/acls/network-acl.js';
import { compileTable, routesFor } from '../../../../src/check/path/routes/route-table.js';
import { readSpan, spanText, type Span } from '../../../../src/check/path/model/span.js';
import { createWorld } from '../../../../src/check/path/create-world.js';
import type { SecurityGroup, SecurityGroupRule } from '../../../../src/do/model/network.js';
import type { NetworkAclEntry, RouteEntry } from '../../../../src/do/model/routing.js';
import type { RegionSnapshot } from '../../../../src/do/snapshot/snapshot.js';
import { runs } from '../../../runs.js';
import { awsRegion } from '../aws-region.js';

const RUNS = { numRuns: runs(50, 20_000) };

/** A small universe: 10.0.0.0 to 10.0.0.15, so that blocks often nest and overlap. */
const UNIVERSE = Array.from({ length: 16 }, (_, index) => `10.0.0.${index}`);
const block = fc
  .tuple(fc.nat(15), fc.integer({ min: 28, max: 32 }))
  .map(([at, bits]) => `10.0.0.${at - (at % 2 ** (32 - bits))}/${bits}`);
const span = (text: string): Span => {
  const read = readSpan(text);
  if (read === undefined) throw new Error(`${text} is not a block`);
  return read;
};

/** Whether a block has an address, read by its text alone. */
function has(cidrBlock: string, address: string): boolean {
  const [host = '', bits = ''] = cidrBlock.split('/');
  const [first, wanted] = [host, address].map((text) =>
    text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0),
  );
  const size = 2 ** (32 - Number(bits));
  return first !== undefined && wanted !== undefined && first <= wanted && wanted < first + size;
}

const ports = fc.tuple(fc.nat(5), fc.nat(5)).map(([a, b]) => ({ fromPort: Math.min(a, b), toPort: Math.max(a, b) }));

/** The prefix lists of a world in which each of them has these blocks. */
function lists(blocks: readonly string[]): Lists {
  return { prefixes: () => ({ spans: blocks.map(span) }), derived: derivedFrom(() => undefined) };
}

describe('groups with priorities and drops', () => {
  const peer = fc.oneof(
    { weight: 3, arbitrary: block.map((cidrBlock) => ({ cidrBlock })) },
    fc.constantFrom('sg-a', 'sg-b').map((securityGroupId) => ({ securityGroupId })),
    fc.constant({ prefixListId: 'pl-1' }),
  );
  const rule: fc.Arbitrary<SecurityGroupRule> = fc
    .tuple(
      peer,
      ports,
      fc.constantFrom('tcp', 'all', 'udp', '6'),
      fc.constantFrom('allow', 'drop'),
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom('in', 'out'),
    )
    .map(([about, range, protocol, action, priority, direction]) => ({
      ...about,
      ...range,
      protocol,
      action,
      priority,
      direction,
    }));
  const LIST = ['10.0.0.2/31', '10.0.0.8/30'];

  /** Rule by rule, address by address. */
  function slowly(groups: readonly SecurityGroup[], address: string, port: number, from: readonly string[]): boolean {
    if (groups.some(({ id, intraGroup }) => intraGroup === 'allow' && from.includes(id))) return true;
    const fitting = groups
      .flatMap(({ rules }) => rules)
      .filter(({ direction }) => direction === 'in')
      .filter(({ protocol }) => protocol !== 'udp')
      .filter((one) => one.protocol === 'all' || (one.fromPort <= port && port <= one.toPort))
      .filter(({ cidrBlock, securityGroupId, prefixListId }) => {
        if (securityGroupId !== undefined) return from.includes(securityGroupId);
        return prefixListId === undefined ? has(cidrBlock ?? '', address) : LIST.some((one) => has(one, address));
      });
    const [first] = fitting.toSorted(
      (a, b) => (a.priority ?? 0) - (b.priority ?? 0) || Number(a.action === 'allow') - Number(b.action === 'allow'),
    );
    return first === undefined ? groups.every(({ implicit }) => implicit?.in === 'allow') : first.action === 'allow';
  }

  it('allow what a second implementation allows, address by address', () => {
    const group = (id: string) =>
      fc
        .tuple(fc.array(rule, { maxLength: 6 }), fc.boolean(), fc.boolean())
        .map(([rules, open, inner]): SecurityGroup => ({
          id,
          name: id,
          networkId: 'vpc-1',
          rules,
          ...(open ? { implicit: { in: 'allow' } } : {}),
          ...(inner ? { intraGroup: 'allow' } : {}),
          tags: {},
          raw: null,
        }));
    const from = fc.subarray(['sg-a', 'sg-b', 'sg-1']);
    fc.assert(
      fc.property(group('sg-1'), group('sg-2'), from, fc.nat(5), block, (one, two, ids, port, asked) => {
        const find = (id: string) => ({ is: 'found', value: id === 'sg-1' ? one : two }) as const;
        const set = createGroupSet(['sg-1', 'sg-2'], find);
        const filter = filterOf(set, 'in', port, lists(LIST));
        const other = createGroupSet(ids, () => ({ is: 'absent' }));
        const expected = UNIVERSE.map((address) => (slowly([one, two], address, port, ids) ? 'pass' : 'fail'));
        expect(
          UNIVERSE.map((address) =>
            judgeGroups(filter, span(address), other, 'kept')
              .map(({ verdict }) => verdict)
              .join(' '),
          ),
        ).toEqual(expected);
        // A range is judged part by part, and the parts together are the range.
        const parts = judgeGroups(filter, span(asked), other, 'kept');
        expect(parts[0]?.span.start).toBe(span(asked).start);
        expect(parts.at(-1)?.span.end).toBe(span(asked).end);
        for (const part of parts) {
          for (const address of UNIVERSE.filter(
            (text) => span(text).start >= part.span.start && span(text).end <= part.span.end,
          )) {
            expect(part.verdict === 'pass').toBe(slowly([one, two], address, port, ids));
          }
        }
      }),
      RUNS,
    );
  });
});

describe('network ACLs', () => {
  const entry = fc
    .tuple(
      block,
      ports,
      fc.constantFrom('tcp', 'all', 'udp'),
      fc.constantFrom('allow', 'deny'),
      fc.constantFrom('in', 'out'),
    )
    .map(([cidrBlock, range, protocol, action, direction]) => ({ cidrBlock, ...range, protocol, action, direction }));

  function slowly(entries: readonly NetworkAclEntry[], address: string, port: number): boolean {
    const fitting = entries
      .filter((one) => one.direction === 'in' && one.protocol !== 'udp' && has(one.cidrBlock, address))
      .filter((one) => one.protocol === 'all' || (one.fromPort <= port && port <= one.toPort));
    return fitting.toSorted((a, b) => a.order - b.order)[0]?.action === 'allow';
  }

  /** The fixture's subnet with an ACL of these entries. */
  function placeWith(entries: readonly NetworkAclEntry[]) {
    const region: RegionSnapshot = awsRegion();
    const acl = { id: 'acl-1', networkId: 'vpc-1', entries, raw: null };
    const place = createWorld(indexRegion({ ...region, networkAcls: [acl] }, CLOUDS)).place('subnet-a');
    if (place.is !== 'found') throw new Error('no subnet');
    return place.value;
  }

  it('allow what a second implementation allows: the first entry that matches', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 8 }), fc.nat(5), (list, port) => {
        const entries = list.map((one, index) => ({ ...one, order: (index * 7) % 11 }) as NetworkAclEntry);
        const place = placeWith(entries);
        const said = UNIVERSE.map(
          (address) =>
            aclStep(ACL_IN, place, { text: address, span: span(address), behindNetworkAcl: true }, port).verdict,
        );
        expect(said).toEqual(UNIVERSE.map((address) => (slowly(entries, address, port) ? 'pass' : 'fail')));
      }),
      RUNS,
    );
  });

  it('allow an answer only where nearly all of its ports are allowed', () => {
    const edges = [1023, 1024, 5000, 5001, 65_534, 65_535];
    const wide = fc
      .tuple(fc.constantFrom(...edges), fc.constantFrom(...edges))
      .map(([a, b]) => ({ fromPort: Math.min(a, b), toPort: Math.max(a, b) }));
    const list = fc.array(
      fc.tuple(entry, wide).map(([one, range]) => ({ ...one, ...range })),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(list, (chosen) => {
        const entries = chosen.map((one, order) => ({ ...one, order }) as NetworkAclEntry);
        const place = placeWith(entries);
        const starts = [1024, 1025, 5000, 5001, 5002, 65_534, 65_535];
        for (const address of UNIVERSE.slice(0, 6)) {
          const step = aclStep(ACL_BACK_IN, place, { text: address, span: span(address), behindNetworkAcl: true }, 443);
          const denied = starts.reduce((sum, port, at) => {
            const width = (starts[at + 1] ?? 65_536) - port;
            return slowly(entries, address, port) ? sum : sum + width;
          }, 0);
          expect(step.verdict).toBe(denied <= 645 ? 'pass' : 'fail');
          expect(step.warns ?? false).toBe(denied > 0 && denied <= 645);
        }
      }),
      RUNS,
    );
  });
});

describe('route tables', () => {
  const route: fc.Arbitrary<RouteEntry> = fc
    .tuple(
      fc.oneof(
        block.map((cidrBlock) => ({ cidrBlock })),
        fc.constant({ prefixListId: 'pl-1' }),
      ),
      fc.constantFrom('local', 'static', 'propagated'),
      fc.nat(1e6),
    )
    .map(([to, origin, id]) => ({ ...to, origin, nextHop: { kind: 'other', id: String(id) }, state: 'active' }));
  const LIST = ['10.0.0.4/30', '10.0.0.9/32'];

  function slowly(routes: readonly RouteEntry[], address: string): RouteEntry | undefined {
    const rank = ({ origin, prefixListId }: RouteEntry): number =>
      origin === 'local' ? 0 : origin === 'propagated' ? 3 : prefixListId === undefined ? 1 : 2;
    const fitting = routes.flatMap((one) => {
      const lengths = (one.prefixListId === undefined ? [one.cidrBlock ?? ''] : LIST)
        .filter((text) => has(text, address))
        .map((text) => Number(text.split('/')[1]));
      return lengths.length === 0 ? [] : [{ one, bits: Math.max(...lengths) }];
    });
    const isLocal = fitting.some(({ one }) => one.origin === 'local');
    return fitting
      .filter(({ one }) => !isLocal || one.origin !== 'propagated')
      .toSorted((a, b) => b.bits - a.bits || rank(a.one) - rank(b.one))[0]?.one;
  }

  it('choose the route that a second implementation chooses: the longest prefix, then its origin', () => {
    fc.assert(
      fc.property(fc.array(route, { maxLength: 10 }), block, (routes, asked) => {
        const table = compileTable(
          { id: 'rtb-1', networkId: 'vpc-1', main: true, routes, raw: null },
          routes,
          lists(LIST),
        );
        for (const part of routesFor(table, span(asked))) {
          for (const address of UNIVERSE.filter(
            (text) => span(text).start >= part.span.start && span(text).end <= part.span.end,
          )) {
            expect(part.value?.route, `${address} in ${spanText(part.span)}`).toBe(slowly(routes, address));
          }
        }
      }),
      RUNS,
    );
  });
});

describe('blocks as numbers', () => {
  it.each<[string, string]>([
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['255.255.255.255', '255.255.255.255'],
    ['10.1.2.3/16', '10.1.0.0/16'],
    ['2001:db8::/32', '2001:db8::/32'],
    ['::1', '::1'],
    ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ])('%s is %s', (text, expected) => {
    expect(spanText(span(text))).toBe(expected);
  });

  it.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.0/33',
    '10.0.0.0.0',
    '1.2.3.4/',
    '/8',
    '1..2.3',
    'host',
    '10.0.0.0/8/8',
    '::/129',
    ':::',
    '1234.1.1.1',
  ])('%s is not a block', (text) => {
    expect(readSpan(text)).toBeUndefined();
  });
});
