import { describe, expect, it } from 'vitest';
import { alibabaQuestion } from './alibaba/question.js';
import { ALIBABA_SITUATIONS } from './alibaba/situations.js';
import { awsQuestion } from './aws/question.js';
import { restQuestion } from './aws/rest/question.js';
import { REST_SITUATIONS } from './aws/rest/situations.js';
import { AWS_SITUATIONS } from './aws/situations.js';
import { answerOf, type Answer, type Question } from './question.js';
import { compareCodes, type Compared } from './reachability.js';
import { PROVE } from '../../../core/test/runs.js';

/** About a minute for two thousand worlds of each cloud. */
const WORLDS = PROVE ? 2_000 : 24;

/** Conditions that evaluators report as a warning occur in fewer worlds: in at least 2 %. */
const RARE: ReadonlySet<string> = new Set(['most-ports', 'route-return', 'listener-rule']);

/** What decides on each cloud, by the names that the simulated network uses. */
const KINDS = {
  aws: [
    'security-group-out',
    'security-group-in',
    'reference',
    'prefix-list',
    'network-acl-out',
    'network-acl-in',
    'network-acl-return',
    'most-ports',
    'route',
    'blackhole',
    'peering',
    'transit-gateway',
    'virtual-private-gateway',
    'listener',
    'listener-rule',
    'target-health',
    'zone',
    'route-return',
  ],
  'aws, REST APIs': [
    'link',
    'target',
    'security-group-out',
    'security-group-in',
    'listener',
    'listener-rule',
    'target-health',
    'zone',
    'route-return',
  ],
  alibaba: [
    'security-group-out',
    'security-group-in',
    'priority drop',
    'intra-group',
    'reference',
    'prefix-list',
    'network-acl-out',
    'network-acl-in',
    'network-acl-return',
    'route',
    'blackhole',
    'peering',
    'listener',
    'listener-acl',
    'backend-servers',
    'route-return',
  ],
} as const;

/** Situations that an evaluator once judged incorrectly, or may: each occurs in at least 2 % of the worlds. */
const SITUATIONS = { aws: AWS_SITUATIONS, 'aws, REST APIs': REST_SITUATIONS, alibaba: ALIBABA_SITUATIONS } as const;

describe.each<[keyof typeof KINDS, (seed: number) => Promise<Question>]>([
  ['aws', awsQuestion],
  ['aws, REST APIs', restQuestion],
  ['alibaba', alibabaQuestion],
])('on %s, checks and the simulated network', (cloud, question) => {
  it(`both evaluators agree over ${WORLDS} worlds`, async () => {
    const answers: Answer[] = [];
    for (let seed = 0; seed < WORLDS; seed += 1) answers.push(answerOf(await question(seed)));
    expect(answers.filter(({ agree }) => !agree).map(({ text }) => text)).toEqual([]);
    const share = (count: number): number => Math.round((1_000 * count) / WORLDS) / 10;
    const unknown = share(answers.filter(({ verdict, undecided }) => verdict === 'unknown' && !undecided).length);
    const undecided = share(answers.filter((one) => one.undecided).length);
    const blocked = share(answers.filter(({ connects, undecided }) => !connects && !undecided).length);
    const kinds = Object.fromEntries(
      KINDS[cloud].map((kind) => [kind, share(answers.filter((one) => one.kinds.includes(kind)).length)]),
    );
    const situations = Object.fromEntries(
      SITUATIONS[cloud].map(({ row }) => [row, share(answers.filter((one) => one.situations.includes(row)).length)]),
    );
    console.log(
      `${cloud}: ${WORLDS} worlds, ${blocked} % blocked, ${unknown} % unknown, ${undecided} % undecided; decided by (%)`,
      kinds,
      'with situations (%)',
      situations,
    );
    expect(unknown).toBeLessThan(8);
    if (!PROVE) return;
    for (const [row, percent] of Object.entries(situations)) expect(percent, row).toBeGreaterThanOrEqual(2);
    expect(blocked).toBeGreaterThan(35);
    expect(blocked).toBeLessThan(65);
    for (const [kind, percent] of Object.entries(kinds)) {
      // A theme has one world in 24, and decides about two thirds of them.
      expect(percent, kind).toBeGreaterThanOrEqual(RARE.has(kind) ? 2 : 2.5);
    }
  }, 3_600_000);
});

/** The codes that analyses of the worlds give, beside that of a path: those of all hops that a link's calls pass. */
const CODES = `BAD_STATE BAD_STATE_ROUTE ELBV2_SOURCE_ADDRESS_PRESERVATION ENI_SG_RULES_MISMATCH MORE_SPECIFIC_ROUTE
  NO_POSSIBLE_DESTINATION NO_ROUTE_TO_DESTINATION PCX_REQUIRES_ADDRESS_IN_VPC_CIDR SG_HAS_NO_RULES SUBNET_ACL_RESTRICTION
  TGW_ROUTE_AZ_RESTRICTION TGW_RTB_BAD_STATE_ROUTE TGW_RTB_CANNOT_ROUTE`;

describe('on aws, checks and the simulated Reachability Analyzer', () => {
  const worlds = PROVE ? 1_000 : WORLDS;
  it(`name the same codes and components over ${worlds} worlds`, async () => {
    const compared: Compared[] = [];
    for (let seed = 0; seed < worlds; seed += 1) compared.push(...(await compareCodes(await awsQuestion(seed))));
    expect(compared.flatMap(({ text }) => text ?? [])).toEqual([]);
    const codes = new Set(compared.map(({ code }) => code));
    expect(codes).toContain('passes');
    if (PROVE) expect([...codes]).toEqual(expect.arrayContaining(CODES.split(/\s+/)));
    else expect(codes.size).toBeGreaterThan(5);
  }, 3_600_000);
});
