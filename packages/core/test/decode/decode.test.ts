import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../runs.js';
import { expectCpuBelow } from '../cpu-time.js';
import { decodePlan, decodeSnapshot } from '../../src/internal/decode.js';
import type { PosternError } from '../../src/ground/errors.js';
import type { Snapshot } from '../../src/do/snapshot/snapshot.js';
import { FULL_PLAN, FULL_REGION, FULL_SNAPSHOT } from './samples.js';

/** The same value without its optional members: `required` names those that are kept. */
const MINIMAL_SNAPSHOT: Snapshot = {
  version: 1,
  takenAt: FULL_SNAPSHOT.takenAt,
  regions: [
    {
      ...FULL_REGION,
      links: [
        {
          id: 'a',
          state: 'unknown',
          nativeState: 'ODD',
          name: '',
          kind: 'vpc-link-v2',
          subnetIds: [],
          securityGroupIds: [],
          tags: {},
          raw: null,
        },
      ],
      gateways: [{ id: 'a', name: '', kind: 'http-api', stages: [], routes: [], tags: {}, raw: null }],
      targets: [{ kind: 'service', id: 'a', raw: null }],
      access: undefined,
    },
  ],
};
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Every place in a JSON value, as paths. */
function places(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, member]) =>
      places(member, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}
/** The value with the value at `path` replaced; an added member when the path's last key is new. */
function replaced(value: unknown, [key, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy: Record<string, unknown> = Array.isArray(value)
    ? ([...(value as unknown[])] as never)
    : { ...(value as object) };
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

/** Lists whose members are looked up by a key, and so must have each key once. A target behind two ports is in a group twice. */
function listsWithIds(snapshot: Snapshot) {
  const many = new Set([
    'uses',
    'rules',
    'weighs',
    'entries',
    'targets of targetGroups',
    'instances of services',
    'gaps',
  ]);
  return places(snapshot).flatMap((path) => {
    const at = path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], snapshot);
    const [name, , list] = path.toReversed();
    const found = path.includes('raw') || path.includes('native') || path.includes('details');
    if (found || !Array.isArray(at) || many.has(String(name)) || many.has(`${name} of ${list}`)) return [];
    const items = at as readonly Record<string, unknown>[];
    // Routes that a stage serves have no IDs.
    const keys = path.includes('served') ? ['key'] : ['id', 'linkId'];
    const key = keys.find((one) => typeof items[0] === 'object' && typeof items[0]?.[one] === 'string');
    return key === undefined ? [] : [{ path, key, items }];
  });
}

describe('decodeSnapshot', () => {
  it.each([
    ['with every member', FULL_SNAPSHOT],
    ['with the required members', MINIMAL_SNAPSHOT],
  ])('reads back a snapshot %s', (_, snapshot) => {
    expect(decodeSnapshot(JSON.stringify(snapshot))).toEqual(plain(snapshot));
  });

  it('reads a resource without the object of the cloud', () => {
    const target = { kind: 'service', id: 'a' };
    const text = JSON.stringify({ ...FULL_SNAPSHOT, regions: [{ ...FULL_REGION, targets: [target] }] });
    expect(decodeSnapshot(text).regions[0]!.targets).toEqual([target]);
  });

  it('refuses an unknown member at every place except in raw, tags and details, with its path', () => {
    for (const path of places(FULL_SNAPSHOT)) {
      const at = path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], FULL_SNAPSHOT);
      if (typeof at !== 'object' || at === null || Array.isArray(at)) continue;
      const free = new Set<unknown>([
        'raw',
        'tags',
        'details',
        'native',
        'prefixNotes',
        'attributes',
        'publishedTargets',
        'routedBy',
        'variables',
        'unfilled',
        'query',
        'header',
      ]);
      // What a route maps to its path is free as well; the path of a route is a text.
      const isMapped = path.at(-1) === 'path';
      const open = isMapped || path.some((key) => free.has(key));
      const text = JSON.stringify(replaced(FULL_SNAPSHOT, [...path, 'surprise'], 'x'));
      if (open) expect(() => decodeSnapshot(text)).not.toThrow();
      else {
        expect(() => decodeSnapshot(text, { file: 's.json' })).toThrow(
          expect.objectContaining({ code: 'INVALID_INPUT', message: expect.stringContaining('surprise') }),
        );
      }
    }
  });

  it('refuses wrong types with the path of keys', () => {
    const wrong = replaced(FULL_SNAPSHOT, ['regions', 0, 'links', 0, 'state'], 'READY');
    expect(() => decodeSnapshot(JSON.stringify(wrong), { file: 's.json' })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', place: { file: 's.json', path: 'regions[0].links[0].state' } }),
    );
  });

  it('refuses a malformed block, with its path', () => {
    const text = JSON.stringify(FULL_SNAPSHOT);
    const broken = text.replaceAll('"cidrBlock":"10.0.0.0/16', '"cidrBlock":"all of it');
    expect(broken).not.toBe(text);
    expect(() => decodeSnapshot(broken)).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        message: expect.stringMatching(
          /regions\[0\]\.\w+\[\d\]\.\w+\[\d\]\.cidrBlock: expected an address block .*"all of it"/,
        ) as string,
      }),
    );
  });

  it.each<[string, readonly (string | number)[], unknown, RegExp]>([
    [
      'an address',
      ['interfaces', 0, 'addresses', 0],
      '999.1.1.1',
      /expected an address such as 10\.0\.0\.4, found "999/,
    ],
    ['an empty id', ['subnets', 0, 'id'], '', /expected an id, found ""/],
    [
      'a route to a block without a length',
      ['routeTables', 0, 'routes', 0, 'cidrBlock'],
      '10.0.0.0',
      /routeTables\[0\]\.routes\[0\]\.cidrBlock: expected a block with a length .*"10\.0\.0\.0"/,
    ],
    [
      'a route of a transit gateway without a length',
      ['transitGateways', 0, 'routeTables', 0, 'routes', 0, 'cidrBlock'],
      '2001:db8::',
      /expected a block with a length .*"2001:db8::"/,
    ],
    [
      'the protocol of a rule',
      ['securityGroups', 0, 'rules', 0, 'protocol'],
      'tcp/443',
      /rules\[0\]\.protocol: expected a protocol .*"tcp\/443"/,
    ],
    [
      'a number over 255 for a protocol',
      ['networkAcls', 0, 'entries', 0, 'protocol'],
      '256',
      /entries\[0\]\.protocol: expected a protocol .*"256"/,
    ],
  ])('refuses %s that is not valid', (_, path, wrong, message) => {
    const text = JSON.stringify(replaced(FULL_SNAPSHOT, ['regions', 0, ...path], wrong));
    expect(() => decodeSnapshot(text)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', message: expect.stringMatching(message) as string }),
    );
  });

  it.each(['tcp', 'TCP', '6', '-1', 'all', 'ALL', 'icmpv6', 'gre', 'newly-made', '0', '255'])(
    'reads the protocol %s',
    (protocol) => {
      const written = replaced(FULL_SNAPSHOT, ['regions', 0, 'securityGroups', 0, 'rules', 0, 'protocol'], protocol);
      expect(() => decodeSnapshot(JSON.stringify(written))).not.toThrow();
    },
  );

  it('refuses ports of TCP that end before they begin, and accepts such type and code of ICMP', () => {
    const rule = ['regions', 0, 'securityGroups', 0, 'rules', 0];
    const written = (protocol: string): string => {
      const ports = { protocol, fromPort: 90, toPort: 80 };
      const changed = Object.entries(ports).reduce<unknown>(
        (all, [key, value]) => replaced(all, [...rule, key], value),
        FULL_SNAPSHOT,
      );
      return JSON.stringify(changed);
    };
    expect(() => decodeSnapshot(written('tcp'))).toThrow(/rules\[0\]\.toPort: expected a port from fromPort on/);
    expect(() => decodeSnapshot(written('icmp'))).not.toThrow();
  });

  it('refuses a place that occurs twice', () => {
    const text = JSON.stringify({ ...FULL_SNAPSHOT, regions: [FULL_REGION, FULL_REGION] });
    const { provider, region, account } = FULL_REGION;
    expect(() => decodeSnapshot(text)).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        message: `snapshot: regions: ${provider} ${region} of account ${account} stands there twice`,
      }),
    );
  });

  it('refuses an ID that occurs twice in one list, with the path of the second', () => {
    const lists = listsWithIds(FULL_SNAPSHOT);
    expect(lists.length).toBeGreaterThan(25);
    for (const { path, key, items } of lists) {
      const [first] = items;
      const other = { ...first, [key]: `${first![key] as string}-b` };
      const written = replaced(FULL_SNAPSHOT, path, [other, ...items, { ...first }]);
      const place = `${path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')}`.slice(1);
      const at = `${place}[${items.length + 1}].${key}`;
      expect(() => decodeSnapshot(JSON.stringify(written), { file: 's.json' })).toThrow(
        expect.objectContaining({
          code: 'INVALID_INPUT',
          message: `s.json: ${at}: ${JSON.stringify(first![key])} is in this list twice`,
          place: { file: 's.json', path: at },
          remedy: expect.stringContaining('write it anew') as string,
        }),
      );
      const apart = replaced(FULL_SNAPSHOT, path, [other, ...items]);
      expect(decodeSnapshot(JSON.stringify(apart))).toEqual(plain(apart));
    }
  });

  it('keys and values from a hostile cloud never change a prototype', () => {
    const evil = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
    const all = places(FULL_SNAPSHOT);
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.constantFrom(...evil), fc.boolean(), (path, key, asKey) => {
        const marker = '"@@"';
        const payload = asKey ? `{"${key}":{"polluted":"yes"}}` : `"${key}"`;
        const text = JSON.stringify(replaced(FULL_SNAPSHOT, path, '@@')).replace(marker, payload);
        let decoded: unknown;
        try {
          decoded = decodeSnapshot(text);
        } catch (error) {
          expect((error as PosternError).code).toMatch(/INVALID_INPUT|UNSUPPORTED_VERSION/);
        }
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
        if (decoded) expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
      }),
      { numRuns: runs(50, 500) },
    );
  });

  it('__proto__ is refused everywhere, including tags and raw, with its place', () => {
    for (const path of places(FULL_SNAPSHOT)) {
      const at = path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], FULL_SNAPSHOT);
      if (typeof at !== 'object' || at === null || Array.isArray(at)) continue;
      const text = JSON.stringify(replaced(FULL_SNAPSHOT, [...path, '@@'], 'x'), undefined, 1);
      const line = text.slice(0, text.indexOf('"@@"')).split('\n').length;
      expect(() => decodeSnapshot(text.replace('"@@"', '"__prot\\u006f__"'))).toThrow(
        expect.objectContaining({ code: 'INVALID_INPUT', place: expect.objectContaining({ line }) }),
      );
    }
  });

  it('65 levels are refused wherever any value is accepted', () => {
    const raws = places(FULL_SNAPSHOT).filter((path) => path.at(-1) === 'raw' || path.at(-2) === 'native');
    expect(raws.length).toBeGreaterThan(5);
    for (const path of raws) {
      const nested = '['.repeat(65 - path.length) + ']'.repeat(65 - path.length);
      // A colon after a quote in a text would have the file looked at more closely.
      const plain = JSON.stringify(replaced(FULL_SNAPSHOT, path, '@@')).replaceAll('\\":', '');
      expect(() => decodeSnapshot(plain.replace('"@@"', nested))).toThrow(
        expect.objectContaining({ code: 'INPUT_TOO_LARGE' }),
      );
    }
  });

  // A suspended machine counts the pause as processor time: seen once, of half an hour.
  it('names the missing members, and stops counting mistakes early', { retry: 2 }, () => {
    const { id: _, ...nameless } = FULL_REGION.subnets[0]!;
    const text = JSON.stringify({ ...FULL_SNAPSHOT, regions: [{ ...FULL_REGION, subnets: [nameless] }] });
    expect(() => decodeSnapshot(text)).toThrow('regions[0].subnets[0]: the member id is missing');
    const rubbish = JSON.stringify({
      ...FULL_SNAPSHOT,
      regions: [{ ...FULL_REGION, gaps: Array.from({ length: 100_000 }, (__, index) => index) }],
    });
    expectCpuBelow(1_000, () => {
      expect(() => decodeSnapshot(rubbish)).toThrow(
        expect.objectContaining({ message: expect.stringMatching(/gaps\[4\].*; and more$/) }),
      );
    });
  });

  it('reports where a truncated snapshot ends', () => {
    const text = JSON.stringify(FULL_SNAPSHOT, undefined, 2);
    for (const part of [0.1, 0.5, 0.9]) {
      const cut = text.slice(0, Math.floor(text.length * part));
      expect(() => decodeSnapshot(cut, { file: 's.json' })).toThrow(
        expect.objectContaining({
          code: 'INVALID_INPUT',
          place: expect.objectContaining({ file: 's.json', line: cut.split('\n').length }),
        }),
      );
    }
  });

  it.each<[string, boolean]>([
    ['2026-06-01T00:00:00.000Z', true],
    ['2024-02-29T23:59:59Z', true],
    ['2026-02-29T00:00:00Z', false],
    ['2026-06-31T00:00:00Z', false],
    ['2026-06-01T24:00:00Z', false],
    ['2026-06-01T00:00:00+02:00', false],
    ['yesterday', false],
  ])('takenAt: %s', (takenAt, fits) => {
    const text = JSON.stringify({ ...FULL_SNAPSHOT, takenAt });
    if (fits) expect(decodeSnapshot(text).takenAt).toBe(takenAt);
    else expect(() => decodeSnapshot(text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it.each([
    ['null', 'not an object'],
    ['[]', 'a list'],
    ['{}', 'another file'],
    ['{"version":0,"takenAt":"x"}', 'a version that never existed'],
    ['{"version":"1"}', 'a version as text'],
  ])('refuses %s: %s', (text) => {
    const message = 'snapshot: the file is not a Postern snapshot';
    expect(() => decodeSnapshot(text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', message }));
  });

  it('refuses a newer version, and names the supported one', () => {
    const message = 'snapshot: version 2; this program reads 1';
    expect(() => decodeSnapshot('{"version":2,"takenAt":"x"}')).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_VERSION', message }),
    );
  });

  it('refuses deep nesting at every place, without a stack overflow', () => {
    for (const depth of [64, 1_000, 100_000]) {
      const bomb = `${'['.repeat(depth)}${']'.repeat(depth)}`;
      const text = JSON.stringify(replaced(FULL_SNAPSHOT, ['regions', 0, 'links', 0, 'raw'], '@@')).replace(
        '"@@"',
        bomb,
      );
      expect(() => decodeSnapshot(text)).toThrow(expect.objectContaining({ code: 'INPUT_TOO_LARGE' }));
    }
  });

  it('refuses numbers that are not exact integers', () => {
    for (const number of ['1e400', '9007199254740993', '-0', '1.5', '1e3000']) {
      const text = JSON.stringify(FULL_SNAPSHOT).replace('"freeAddresses":443', `"freeAddresses":${number}`);
      expect(() => decodeSnapshot(text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    }
  });

  it('reads a large snapshot in linear time', () => {
    const route = FULL_REGION.gateways[0]!.routes[0]!;
    const routes = Array.from({ length: 10_000 }, (_, index) => ({ ...route, id: `r${index}` }));
    const gateway = { ...FULL_REGION.gateways[0]!, routes };
    const text = JSON.stringify({ ...FULL_SNAPSHOT, regions: [{ ...FULL_REGION, gateways: [gateway] }] });
    expectCpuBelow(5_000, () => {
      expect(decodeSnapshot(text).regions[0]!.gateways[0]!.routes).toHaveLength(10_000);
    });
  });
});

describe('decodePlan', () => {
  it('reads back a plan with every member, and one without the optional ones', () => {
    expect(decodePlan(JSON.stringify(FULL_PLAN))).toEqual(FULL_PLAN);
    const { options: _options, ...rest } = FULL_PLAN;
    expect(decodePlan(JSON.stringify(rest))).toEqual(rest);
  });

  it('refuses any member replaced by another type, except in plain data', () => {
    for (const path of places(FULL_PLAN)) {
      if (['input', 'changes', 'params'].some((free) => path.includes(free))) continue;
      for (const by of [{ a: 1 }, 7.5, null]) {
        if (by === null && path.at(-1) === 'integration') continue; // of several, or of none
        const text = JSON.stringify(replaced(FULL_PLAN, path, by));
        const code = path[0] === 'version' && by === 7.5 ? 'UNSUPPORTED_VERSION' : 'INVALID_INPUT';
        expect(() => decodePlan(text)).toThrow(expect.objectContaining({ code }));
      }
    }
  });

  it('a project’s name is ASCII', () => {
    const text = JSON.stringify({ ...FULL_PLAN, project: 'sh\u043ep' });
    expect(() => decodePlan(text)).toThrow(expect.objectContaining({ place: { path: 'project' } }));
  });

  it('refuses a newer version, and a snapshot', () => {
    const newer = JSON.stringify({ ...FULL_PLAN, version: 2 });
    expect(() => decodePlan(newer)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_VERSION', message: 'plan: version 2; this program reads 1' }),
    );
    expect(() => decodePlan(JSON.stringify(FULL_SNAPSHOT))).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});
