import { readdirSync, readFileSync } from 'node:fs';
import { planner as alibaba } from '@postern/alibaba/planner';
import { planner as aws } from '@postern/aws/planner';
import { CLOUDS } from '../../packages/core/test/clouds.js';
import { advise, adviceText } from '@postern/core/planner';
import { parseNeeds } from '@postern/core/spec';
import { describe, expect, it } from 'vitest';

const FOLDER = new URL('../advise/', import.meta.url);
const NOW = Date.parse('2026-11-22T00:00:00Z');

const adviceOf = (file: string, now = NOW) =>
  advise(parseNeeds(readFileSync(new URL(file, FOLDER), 'utf8'), { clouds: CLOUDS, file }), {
    clouds: CLOUDS,
    planners: [aws, alibaba],
    now,
  });

/** What is compared of an option: with the sums that are written by hand in the rows below. */
interface ByHand {
  readonly id: string;
  readonly fits: 'yes' | 'no' | 'unknown';
  /** A month, in US dollars; undefined: not known. */
  readonly usd?: number;
  /** Quota, needed and limit. */
  readonly binding?: readonly [string, number, number];
  readonly hops?: readonly string[];
  /** A reason that it must have. */
  readonly code?: string;
}

/** A million seconds are 277.8 hours; a month has 730 hours, so 2.628 million seconds. */
const ROWS: readonly { readonly file: string; readonly first: string; readonly options: readonly ByHand[] }[] = [
  {
    // 75 requests per second are 197.1 million a month. 50 x 8 + 20 x 4 + 5 x 16 = 560 KB a second,
    // 2,016,000 KB an hour: 1.9226 GB.
    file: 'one-team.yaml',
    first: 'http-v2',
    options: [
      // Calls 197.10. One ALB: 0.0225 x 730 = 16.43. Data: 1.9226 x 0.008 x 730 = 11.23. One link of ten is 10 %:
      // more than 6 of 300 routes (2 %) and 1 of 50 ALBs (2 %).
      { id: 'http-v2', fits: 'yes', usd: 224.76, binding: ['vpc-links', 1, 10], hops: ['ALB'] },
      // Calls 197.1 x 3.50 = 689.85, and the same ALB: 16.43 + 11.23.
      { id: 'rest-v2', fits: 'yes', usd: 717.51, binding: ['vpc-links', 1, 10], hops: ['ALB'] },
      // Three NLBs: 49.28 (3 x 16.425). Data: 1.9226 x 0.006 x 730 = 8.42. Three links of twenty are 15 %.
      { id: 'rest-v1-per-balancer', fits: 'yes', usd: 747.55, binding: ['vpc-links-v1', 3, 20], hops: ['NLB'] },
      // One NLB: 16.43 + 8.42. Three listeners of fifty are 6 %.
      { id: 'rest-v1-many-listeners', fits: 'yes', usd: 714.7, hops: ['NLB'] },
      // One NLB and one ALB: 16.43 + 8.42 + 16.43 + 11.23. The ALB counts 50 of 500 targets: 10 %.
      { id: 'rest-v1-nlb-alb', fits: 'yes', usd: 742.36, hops: ['NLB', 'ALB'] },
      { id: 'websocket-v1', fits: 'no', code: 'PROTOCOL_NOT_SERVED' },
    ],
  },
  {
    // 120 requests per second are 315.36 million: 300 x 1.00 + 15.36 x 0.90 = 313.82. Twelve ALBs: 12 x 16.425 = 197.10.
    // 480 KB a second are 1.6479 GB an hour: x 0.008 x 730 = 9.62. Twelve of fifty ALBs are 24 %.
    file: 'twelve-teams.yaml',
    first: 'http-v2',
    options: [
      {
        id: 'http-v2',
        fits: 'yes',
        usd: 520.54,
        binding: ['application-load-balancers', 12, 50],
        code: 'INDEPENDENT_DEPLOYMENTS',
      },
      // Twelve links of twenty are 60 %.
      { id: 'rest-v1-per-balancer', fits: 'yes', binding: ['vpc-links-v1', 12, 20], code: 'INDEPENDENT_DEPLOYMENTS' },
      { id: 'rest-v1-many-listeners', fits: 'yes', code: 'SHARED_DEPLOYMENTS' },
      // Ten ALBs of 50 targets each fill the first NLB: 500 of 500.
      { id: 'rest-v1-nlb-alb', fits: 'yes', binding: ['targets-per-zone-per-network-load-balancer', 500, 500] },
    ],
  },
  {
    // 40 requests per second are 105.12 million: x 3.50 = 367.92. 80 KB a second are 0.27466 GB an hour.
    file: 'forty-services.yaml',
    first: 'rest-v1-many-listeners',
    options: [
      // One NLB with 40 of 50 listeners (80 %), 80 of 500 targets and 81 of 300 resources: 367.92 + 16.43 + 0.27466 x 0.006 x 730.
      {
        id: 'rest-v1-many-listeners',
        fits: 'yes',
        usd: 385.55,
        binding: ['listeners-per-network-load-balancer', 40, 50],
      },
      // 40 requests pass 40 rules, ten of them free: 1,200 evaluations a second are 1.2 units. 367.92 + 16.43 + 7.01.
      { id: 'rest-v2', fits: 'yes', usd: 391.36, binding: ['rules-per-application-load-balancer', 40, 100] },
      // A link for each service: 40 of 20.
      { id: 'rest-v1-per-balancer', fits: 'no', binding: ['vpc-links-v1', 40, 20], code: 'QUOTA_EXCEEDED' },
      { id: 'http-v2', fits: 'no', code: 'FEATURE_MISSING' },
    ],
  },
  {
    // Ten messages of 40 KB a second are metered as twenty of 32 KB: 52.56 million, USD 52.56. One NLB: 16.43.
    // 400 KB a second are 1.3733 GB an hour: x 0.006 x 730 = 6.02. One link of twenty is 5 %.
    file: 'websocket.yaml',
    first: 'websocket-v1',
    options: [
      { id: 'websocket-v1', fits: 'yes', usd: 75.01, binding: ['vpc-links-v1', 1, 20], hops: ['NLB'] },
      { id: 'http-v2', fits: 'no', code: 'PROTOCOL_NOT_SERVED' },
      { id: 'rest-v2', fits: 'no', code: 'PROTOCOL_NOT_SERVED' },
    ],
  },
  {
    // The sums are in docs/planner.md. Of the account's quotas both parts count: two links V1, and two NLBs.
    file: 'mixed-protocols.yaml',
    first: 'http-v2',
    options: [
      { id: 'http-v2', fits: 'yes', usd: 255.73, code: 'SPLIT', hops: ['ALB'] },
      // Calls 183.96 x 3.50 = 643.86; NLB 16.43 + 7.22; messages 26.28; NLB 16.43 + 3.01.
      { id: 'rest-v1-many-listeners', fits: 'yes', usd: 713.23, binding: ['vpc-links-v1', 2, 20], code: 'SPLIT' },
      { id: 'rest-v1-per-balancer', fits: 'yes', binding: ['vpc-links-v1', 3, 20], code: 'SPLIT' },
      { id: 'websocket-v1', fits: 'no', code: 'PROTOCOL_NOT_SERVED' },
    ],
  },
  {
    // 110 requests per second are 289.08 million: x 3.50 = 1,011.78. Two load balancers: 32.85. 0.37766 GB an hour.
    file: 'usage-plans.yaml',
    first: 'rest-v1-per-balancer',
    options: [
      // 0.37766 x 0.006 x 730 = 1.65.
      { id: 'rest-v1-per-balancer', fits: 'yes', usd: 1046.28, binding: ['vpc-links-v1', 2, 20] },
      // 0.37766 x 0.008 x 730 = 2.21.
      { id: 'rest-v2', fits: 'yes', usd: 1046.84, binding: ['vpc-links', 1, 10] },
      { id: 'http-v2', fits: 'no', code: 'FEATURE_MISSING' },
    ],
  },
  {
    // 1.314 million calls: 4.60. 10,240 KB a second are 35.156 GB an hour: x 0.006 x 730 = 153.98, x 0.008 x 730 = 205.31.
    file: 'streaming.yaml',
    first: 'rest-v1-per-balancer',
    options: [
      { id: 'rest-v1-per-balancer', fits: 'yes', usd: 175.01 },
      { id: 'rest-v2', fits: 'yes', usd: 226.34 },
      { id: 'http-v2', fits: 'no', code: 'PAYLOAD_TOO_LARGE' },
    ],
  },
  {
    // 1,500 requests per second are 60 % of the 2,500 of api.s1.small. Neither kind of instance is sold any more, and of the
    // successor neither quotas nor requests per second are known.
    file: 'retired-product.yaml',
    first: 'alibaba-apig',
    options: [
      { id: 'alibaba-apig', fits: 'unknown', code: 'COST_UNKNOWN', hops: [] },
      {
        id: 'alibaba-vpc-integration',
        fits: 'no',
        binding: ['requests-per-second-of-instance', 1500, 2500],
        code: 'PRODUCT_RETIRED',
      },
      { id: 'alibaba-conventional', fits: 'no', code: 'PRODUCT_RETIRED' },
    ],
  },
  {
    // 20 requests per second are 52.56 million: 52.56. One ALB: 16.43; 0.54932 GB an hour x 0.008 x 730 = 3.21. One endpoint
    // in two zones: 2 x 0.01 x 730 = 14.60; its data: 0.27466 x 730 = 200.5 GB x 0.01 = 2.01. The NLB of the endpoint
    // service: 16.43; 0.27466 x 0.006 x 730 = 1.20.
    file: 'cross-account.yaml',
    first: 'http-v2',
    options: [
      { id: 'http-v2', fits: 'yes', usd: 106.44, code: 'CROSS_ACCOUNT', hops: ['ALB', 'PrivateLink endpoint'] },
      { id: 'rest-v1-nlb-alb', fits: 'yes', code: 'CROSS_ACCOUNT', hops: ['NLB', 'ALB', 'PrivateLink endpoint'] },
    ],
  },
  {
    // 26.28 million calls: x 3.50 = 91.98; inspected: x 0.60 = 15.77; the web ACL and its rule: 5 + 1. One NLB: 16.43 and
    // 0.27466 x 0.006 x 730 = 1.20. An endpoint for execute-api in two zones: 14.60, and its data: 2.01.
    file: 'private-endpoint.yaml',
    first: 'rest-v1-per-balancer',
    options: [
      { id: 'rest-v1-per-balancer', fits: 'yes', usd: 147.99 },
      { id: 'http-v2', fits: 'no', code: 'FEATURE_MISSING' },
    ],
  },
  {
    // 35 requests per second are 91.98 million. Two ALBs: 32.85; 280 KB a second are 0.96130 GB an hour: 5.61.
    file: 'several-vpcs.yaml',
    first: 'http-v2',
    options: [
      { id: 'http-v2', fits: 'yes', usd: 130.44, binding: ['vpc-links', 2, 10], code: 'SEPARATE_VPCS' },
      // x 3.50 = 321.93, and the same ALBs.
      { id: 'rest-v2', fits: 'yes', usd: 360.39, binding: ['vpc-links', 2, 10] },
      // An NLB for each VPC: 32.85; 0.96130 x 0.006 x 730 = 4.21.
      { id: 'rest-v1-many-listeners', fits: 'yes', usd: 358.99, binding: ['vpc-links-v1', 2, 20] },
    ],
  },
  {
    // 157.68 million calls cost 157.68 with an HTTP API, and 551.88 with a REST API: both over 100.
    file: 'tight-budget.yaml',
    first: 'http-v2',
    options: [
      // One ALB: 16.43; 120 KB a second are 0.41199 GB an hour: 2.41.
      { id: 'http-v2', fits: 'no', usd: 176.52, code: 'BUDGET_EXCEEDED' },
      { id: 'rest-v2', fits: 'no', code: 'BUDGET_EXCEEDED' },
    ],
  },
];

describe('examples/advise', () => {
  it('has a row for each file', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
    expect(ROWS.map(({ file }) => file).toSorted()).toEqual(files.toSorted());
  });

  it.each(ROWS)('$file: the sums are those by hand', ({ file, first, options: byHand }) => {
    const { options } = adviceOf(file);
    expect(options[0]?.id).toBe(first);
    expect(options.map(({ rank }) => rank)).toEqual(options.map((_, at) => at + 1));
    for (const { id, fits, usd, binding, hops, code } of byHand) {
      const option = options.find((one) => one.id === id)!;
      expect({ id, fits: option.fits }).toEqual({ id, fits });
      if (usd !== undefined) expect({ id, usd: option.monthlyUsd }).toEqual({ id, usd });
      if (binding !== undefined) {
        const [quota, needed, limit] = binding;
        expect({ id, binding: option.binding }).toEqual({ id, binding: { quota, needed, limit, source: 'default' } });
      }
      if (hops !== undefined) expect({ id, hops: option.hops }).toEqual({ id, hops });
      if (code !== undefined) expect(option.reasons.map((one) => one.code)).toContain(code);
    }
  });

  it.each(tableRows())('docs/planner.md: the sums of $file by hand are those of advise', (row) => {
    const { file, id, parts, sum, isLeast, first } = row;
    for (const { shown, byHand, cents } of parts) {
      // Half a cent is rounded up.
      expect({ shown, cents: Math.floor(byHand * 100 + 0.5 + 1e-6) }).toEqual({ shown, cents });
    }
    expect(parts.reduce((total, { cents }) => total + cents, 0)).toBe(sum);
    const option = adviceOf(file).options.find((one) => one.id === id)!;
    expect(Math.round(option.costParts.reduce((total, { usd }) => total + usd, 0) * 100)).toBe(sum);
    expect(option.monthlyUsd).toBe(isLeast ? null : sum / 100);
    const { quota, needed, limit } = option.binding ?? {};
    expect(option.binding === null ? 'unknown' : `\`${quota}\` ${needed} of ${limit}`).toBe(first);
  });

  it('docs/planner.md has a row for each file', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
    expect(
      tableRows()
        .map(({ file }) => file)
        .toSorted(),
    ).toEqual(files.toSorted());
  });

  it('retired-product.yaml: a product that is still sold is bought by the hour', () => {
    // 0.87 x 730 = 635.10
    const [first] = adviceOf('retired-product.yaml', Date.parse('2026-06-01T00:00:00Z')).options;
    expect(first).toMatchObject({ id: 'alibaba-vpc-integration', fits: 'yes', monthlyUsd: 635.1 });
    expect(first?.reasons.map(({ code }) => code)).toContain('PRODUCT_RETIRING');
  });

  it('says in the text why an option is first', () => {
    expect(adviceText(adviceOf('one-team.yaml'))).toContain('Rank 1: it costs less (USD 224.76) than');
  });
});

/** The rows of the table of sums by hand, with their parts computed. */
function tableRows() {
  const page = readFileSync(new URL('../../docs/planner.md', import.meta.url), 'utf8');
  return [...page.matchAll(/^\| `([\w-]+\.yaml)` \| `([\w-]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, file = '', id = '', sums = '', sum = '', first = '']) => ({
      file,
      id,
      parts: sums.split('; ').map(partOf),
      sum: Math.round(Number(/[\d.]+$/.exec(sum)?.[0]) * 100),
      isLeast: sum.startsWith('at least'),
      first,
    }),
  );
}

/** `ALBs 12 x 0.0225 x 730 = 197.10`: words, a sum of products, and the amount. */
function partOf(shown: string) {
  const [, formula = '', amount = ''] = /((?:[\d.]+ [x/+] )+[\d.]+) = ([\d.]+)$/.exec(shown) ?? [];
  const byHand = formula.split(' + ').reduce((total, product) => {
    const [first = '', ...others] = product.split(/ (?=[x/])/);
    return (
      total +
      others.reduce(
        (value, one) => (one.startsWith('x') ? value * Number(one.slice(2)) : value / Number(one.slice(2))),
        Number(first),
      )
    );
  }, 0);
  return { shown, byHand, cents: Math.round(Number(amount) * 100) };
}
