import { describe, expect, it } from 'vitest';
import * as watch from '../../src/internal/watch.js';
import { awsRegion } from '../check/checks/aws-region.js';
import { at, finding, lines, SPEC, watched, type Seen } from './round.js';

const works: Omit<Seen, 'at'> = { findings: [] };
const broken: Omit<Seen, 'at'> = { findings: [finding({ integration: 'orders' })] };
const undecided: Omit<Seen, 'at'> = { findings: [finding({ integration: 'orders' }, 'unknown')] };

const run = (...rounds: readonly Seen[]) => watched(watch, rounds);

describe('a verdict', () => {
  it.each<[string, readonly Seen[], readonly string[]]>([
    ['that holds is not an event', [0, 60, 120].map((s) => ({ at: s, ...works })), []],
    [
      'becomes broken with the second observation',
      [
        { at: 0, ...works },
        { at: 60, ...broken },
        { at: 120, ...broken },
        { at: 180, ...broken },
      ],
      ['2: integration orders: works → broken'],
    ],
    [
      'is not broken by one observation',
      [
        { at: 0, ...works },
        { at: 60, ...broken },
        { at: 120, ...works },
      ],
      [],
    ],
    [
      'is not broken by observations less than a minute apart',
      [
        { at: 0, ...works },
        { at: 60, ...broken },
        { at: 90, ...broken },
        { at: 119, ...broken },
      ],
      [],
    ],
    [
      'is broken by the third of them, a minute after the first',
      [
        { at: 0, ...works },
        { at: 60, ...broken },
        { at: 90, ...broken },
        { at: 120, ...broken },
      ],
      ['3: integration orders: works → broken'],
    ],
    [
      'works again at once',
      [
        { at: 0, ...broken },
        { at: 60, ...broken },
        { at: 61, ...works },
      ],
      ['1: integration orders: new → broken', '2: integration orders: broken → works'],
    ],
    [
      'is not proven where a fact cannot be read, twice',
      [
        { at: 0, ...works },
        { at: 60, ...undecided },
        { at: 120, ...undecided },
        { at: 180, ...works },
      ],
      ['2: integration orders: works → unknown', '3: integration orders: unknown → works'],
    ],
    [
      'is not confirmed where another one comes between, and is not proven either',
      [
        { at: 0, ...works },
        { at: 60, ...broken },
        { at: 120, ...undecided },
        { at: 180, ...broken },
      ],
      ['2: integration orders: works → unknown'],
    ],
    [
      'is not proven where it is broken and undecided in turn, and is broken when that is confirmed',
      [
        { at: 0, ...works },
        ...[300, 600, 900, 1_200].map((s, at) => ({ at: s, ...(at % 2 === 0 ? broken : undecided) })),
        { at: 1_500, ...broken },
        { at: 1_800, ...broken },
      ],
      ['2: integration orders: works → unknown', '6: integration orders: unknown → broken'],
    ],
    [
      'is not proven in less than a minute of other observations, and works after one that works',
      [
        { at: 0, ...works },
        { at: 60, ...broken },
        { at: 90, ...undecided },
        { at: 119, ...broken },
        { at: 130, ...works },
        { at: 140, ...broken },
        { at: 170, ...undecided },
      ],
      [],
    ],
    [
      'is not proven by the first observations of it, and what is wrong is confirmed from the last change on',
      [
        { at: 0, ...undecided },
        { at: 30, ...undecided },
        { at: 59, ...broken },
        { at: 60, ...broken },
        { at: 119, ...broken },
      ],
      ['3: integration orders: new → unknown', '4: integration orders: unknown → broken'],
    ],
  ])('%s', (_, rounds, expected) => {
    expect(lines(run(...rounds).events)).toEqual(expected);
  });

  it('is that of each integration, each unused link, and the spec', () => {
    const seen = [
      finding({ link: 'eu' }),
      finding({ link: 'spare' }, 'unknown'),
      finding(undefined, 'fail', { severity: 'warning' }),
      finding({ integration: 'users' }, 'fail', { suppressed: { reason: 'known', until: '2026-12-31' } }),
    ];
    const { history } = run({ at: 0, findings: seen }, { at: 60, findings: seen });
    const verdicts = Object.entries(history.subjects).map(([name, { verdict }]) => `${name}: ${verdict}`);
    expect(verdicts).toEqual([
      'integration orders: broken',
      'integration users: broken',
      'link spare: unknown',
      'spec: works',
    ]);
  });

  it('is unknown while a live route differs from the spec, and broken where a check fails, too', () => {
    const differs = finding({ integration: 'orders' }, 'fail', {
      check: 'gateway/live-route',
      code: 'ROUTE_DIFFERS',
      severity: 'warning',
      mendedBy: 'apply',
      message: 'GET /orders of HTTP API a1 differs from the spec: target is t2, declared is t1.',
    });
    const ignored = { ...differs, suppressed: { reason: 'known' } } as typeof differs;
    const verdictOf = (...findings: (typeof differs)[]) => {
      const rounds = [0, 60].map((seconds) => ({ at: seconds, findings }));
      const { verdict, reasons } = run(...rounds).history.subjects['integration orders'] ?? {};
      return [verdict, ...(reasons ?? []).map(({ code }) => code)];
    };
    expect(verdictOf(differs)).toEqual(['unknown', 'ROUTE_DIFFERS']);
    expect(verdictOf(differs, finding({ integration: 'orders' }))).toEqual(['broken', 'DENIED']);
    expect(verdictOf(ignored)).toEqual(['works']);
  });

  it('is lost for all while nothing can be read, and nothing else is said of them', () => {
    const failure = 'CREDENTIALS_EXPIRED: the credentials have expired';
    const night = [300, 600, 900].map((seconds) => ({ at: seconds, failure }));
    const { events, history } = run({ at: 0, ...works }, ...night, { at: 1_200, ...works });
    expect(lines(events).filter((line) => line.includes('orders'))).toEqual([
      '2: integration orders: works → unknown',
      '4: integration orders: unknown → works',
    ]);
    expect(events[2]?.[0]?.cause).toMatchObject({ kind: 'reading', message: failure, changes: [] });
    expect(history.failure).toBeUndefined();
  });

  it('that is lost by verdicts in turn is lost since the first of them, with its cause', () => {
    const { history, events } = run({ at: 0, ...works }, { at: 300, ...broken }, { at: 600, ...undecided });
    expect(history.subjects['integration orders']).toMatchObject({ verdict: 'unknown', since: at(300) });
    expect(events.at(-1)).toMatchObject([{ since: at(300), cause: { kind: 'time', before: at(300) } }]);
  });
  it('holds since the first observation of it, whenever it was confirmed', () => {
    const { history, events } = run({ at: 0, ...works }, { at: 300, ...broken }, { at: 600, ...broken });
    expect(history.subjects['integration orders']).toMatchObject({ verdict: 'broken', since: at(300) });
    expect(events[2]?.[0]).toMatchObject({ from: 'works', since: at(300), at: at(600), lastedMs: 300_000 });
  });
});

describe('a clock', () => {
  it('that goes back neither confirms nor forgets: the time of the process counts', () => {
    const rounds = [
      { at: 3_600, ...works },
      { at: 3_660, ...broken, elapsedMs: 60_000 },
      { at: 0, ...broken, elapsedMs: 30_000 },
      { at: 30, ...broken, elapsedMs: 30_000 },
    ];
    expect(lines(run(...rounds).events)).toEqual(['3: integration orders: works → broken']);
    const cron = rounds.map((one: Seen) => ({ ...one, elapsedMs: undefined }));
    expect(lines(run(...cron, { at: 60, ...broken }).events)).toEqual(['4: integration orders: works → broken']);
  });
  it('that jumps a day ahead does not confirm', () => {
    const rounds = [
      { at: 0, ...works },
      { at: 60, ...broken, elapsedMs: 60_000 },
    ];
    expect(run(...rounds, { at: 86_400, ...broken, elapsedMs: 5_000 }).pending).toBe(true);
  });
});

describe('the cause of a verdict', () => {
  const group = (rules: number) => [
    { id: 'sg-1', name: 'web', networkId: 'vpc-1', rules: [], tags: { rules: String(rules) } },
    { id: 'sg-2', name: 'other', networkId: 'vpc-1', rules: [] },
  ];
  const sg = (id: string, cidrBlock?: string) => ({
    id,
    name: 'web',
    networkId: 'vpc-1',
    rules:
      cidrBlock === undefined
        ? []
        : [{ id: `${id}-r`, direction: 'out', protocol: 'tcp', fromPort: 443, toPort: 443, cidrBlock }],
  });

  it('is what drifted, and of that what the findings name', () => {
    const before = [sg('sg-1', '10.0.0.0/8'), sg('sg-2', '10.0.0.0/8')];
    const after = [sg('sg-1'), sg('sg-2')];
    const { events } = run(
      { at: 0, ...works, groups: before },
      { at: 300, ...broken, groups: after },
      { at: 600, ...broken, groups: after },
    );
    const [told] = events[2] ?? [];
    expect(told?.cause).toMatchObject({ kind: 'drifted', after: at(0), before: at(300), more: 0 });
    expect(told?.cause?.changes.map(({ subject }) => subject)).toEqual(['security group sg-1 (web)']);
    expect(told?.cause?.changes[0]?.details.join()).toContain('10.0.0.0/8');
  });

  it('is the edit where the spec was edited', () => {
    const spec = { ...SPEC, assume: {}, ignore: [{ check: 'link/tags', reason: 'known' }] };
    const { events } = run({ at: 0, ...works }, { at: 300, ...broken, spec }, { at: 600, ...broken, spec });
    expect(events[1]?.map(({ type }) => type)).toEqual(['edited']);
    expect(events[2]?.[0]?.cause?.kind).toBe('edited');
  });

  it('does not name what an edited spec does not need any more, and is not read for it', () => {
    const spec = { ...SPEC, assume: {} };
    const groups = [{ id: 'sg-1', name: 'web', networkId: 'vpc-1' }];
    const { events } = run(
      { at: 0, ...works, groups: [sg('sg-1', '10.0.0.0/8')] },
      { at: 300, ...broken, spec, groups },
      { at: 600, ...broken, spec, groups },
    );
    expect(events.flat().map(({ type }) => type)).toEqual(['edited', 'verdict']);
    expect(events[2]?.[0]?.cause).toMatchObject({ kind: 'edited', changes: [], more: 0 });
  });

  it('is the missing permission where proof is lost', () => {
    const gaps = [
      { what: 'security groups', operation: 'DescribeSecurityGroups', code: 'PERMISSION_DENIED', of: 'securityGroups' },
    ];
    const rounds = [300, 600].map((seconds) => ({ at: seconds, ...undecided, gaps }));
    const { events } = run({ at: 0, ...works }, ...rounds);
    const told = events[2]?.find(({ type }) => type === 'verdict');
    expect(told?.cause?.kind).toBe('reading');
    expect(told?.cause?.changes.map(({ details }) => details.join())).toContain(
      'could not be read: DescribeSecurityGroups returned PERMISSION_DENIED',
    );
  });

  it('is nothing that was read where only time has passed', () => {
    const { events } = run({ at: 0, ...works }, { at: 300, ...broken }, { at: 600, ...broken });
    expect(events[2]?.[0]?.cause?.kind).toBe('time');
  });

  it('drift without effect is information', () => {
    const { events } = run({ at: 0, ...works, groups: group(1) }, { at: 300, ...works, groups: group(2) });
    expect(events[1]).toMatchObject([{ type: 'drifted', paths: false }]);
    expect(events[1]?.filter(watch.isTold)).toEqual([]);
  });
});

describe('limits', () => {
  const ends = finding({ link: 'eu' }, 'fail', {
    check: 'link/expiry',
    code: 'ENDS',
    severity: 'warning',
    message: 'Instance i-1 ends in 20 days.',
  });
  it('are told once when they are near, and once when they no longer are', () => {
    const later = { ...ends, message: 'Instance i-1 ends in 19 days.' } as typeof ends;
    const { events } = run(
      { at: 0, findings: [ends] },
      { at: 86_400, findings: [later] },
      { at: 172_800, findings: [] },
    );
    expect(events.map((round) => round.map(({ type }) => type))).toEqual([['near'], [], ['no-longer-near']]);
  });
  it('of a quota are near from 80 % on, and no longer below 75 %', () => {
    const [link] = awsRegion().links;
    const used = (count: number) => ({
      quotas: { 'vpc-links': 25 },
      whole: ['links'],
      links: Array.from({ length: count }, (_, at) => ({ ...link, id: `link-${at}` })),
    });
    const { events } = run(
      ...[19, 20, 19, 18, 19].map((count, at) => ({ at: at * 60, ...works, region: used(count) })),
    );
    const told = events.map((round) => round.flatMap(({ type }) => (type.endsWith('near') ? [type] : [])));
    expect(told).toEqual([[], ['near'], [], ['no-longer-near'], []]);
  });
  it('stay near while they cannot be determined', () => {
    const unknown = finding({ link: 'eu' }, 'unknown', {
      check: 'link/expiry',
      code: 'LINK_NOT_READ',
      severity: 'warning',
    });
    const { events } = run({ at: 0, findings: [ends] }, { at: 60, findings: [unknown] }, { at: 120, failure: 'X: y' });
    expect(
      events
        .slice(1)
        .flat()
        .filter(({ type }) => type !== 'verdict'),
    ).toEqual([]);
  });
});

it('what is watched: is what the spec names now', () => {
  const { users: _, ...integrations } = SPEC.integrations;
  const spec = { ...SPEC, integrations };
  const { events, history } = run({ at: 0, ...works }, { at: 300, ...works, spec });
  expect(events[1]?.map(({ type, subject }) => `${type} ${subject}`)).toEqual([
    'unwatched integration users',
    'edited spec',
  ]);
  expect(Object.keys(history.subjects)).toEqual(['integration orders', 'link spare', 'spec']);
});
