import { readPolicy as alibabaPolicy } from '@postern/alibaba';
import { readPolicy as awsPolicy } from '@postern/aws';
import type { Report } from '@postern/core/internal/check';
import type { ReadPermission } from '@postern/core/internal/snapshot';
import { describe, expect, it } from 'vitest';
import { risen, vanished } from '../../../core/test/check/checks/what-is-lost.js';
import { PROVE, sample } from '../../../core/test/runs.js';
import { alibabaScene, alibabaStage, type AlibabaStage } from './alibaba/account.js';
import { GATEWAY_SHOWS as ALIBABA_GATEWAYS } from './alibaba/gateway-shows.js';
import { LINK_SHOWS as ALIBABA_LINKS } from './alibaba/link-shows.js';
import { BLOCK_SHOWS as ALIBABA_BLOCKS } from './alibaba/block-shows.js';
import { awsScene, awsStage, type AwsStage } from './aws/account.js';
import { BLOCK_SHOWS as AWS_BLOCKS } from './aws/block-shows.js';
import { LINK_SHOWS as AWS_LINKS } from './aws/link-shows.js';
import { TARGET_SHOWS as AWS_TARGETS } from './aws/target-shows.js';
import { ALIBABA_SITUATIONS, AWS_SITUATIONS, type Situation } from './denied-worlds.js';
import type { Show, Stage } from './show.js';
import { widenAlibaba, widenAws } from './wide-scenes.js';

interface Cloud {
  readonly policy: readonly ReadPermission[];
  /** Which service refuses a call for lack of a permission; undefined: whichever has such an operation. */
  readonly serviceOf?: (permission: ReadPermission) => string | undefined;
  /** An account with resources for every permission of the policy. */
  readonly wide: () => Promise<Stage>;
  readonly situations: () => readonly (readonly [name: string, open: () => Promise<Stage>])[];
  /** For each situation in the slice: the operations that reading a link depends on. */
  readonly slice: ReadonlySet<string>;
}

function worldsOf<T extends Stage>(
  open: () => Promise<T>,
  situations: readonly Situation<T>[],
  shows: readonly Show<T>[],
): Cloud['situations'] {
  const broken = shows.map((show): Situation<T> => [
    `${show.check}${show.how === undefined ? '' : `, ${show.how}`}`,
    async (stage) => {
      await show.setting?.(stage);
      await show.breaks(stage);
    },
  ]);
  return () =>
    [...situations, ...(PROVE ? broken : [])].map(([name, change]) => [
      name,
      async () => {
        const stage = await open();
        await change(stage);
        return stage;
      },
    ]);
}

/** A scene is created once and opened for each request. */
function once<S, T>(make: () => Promise<S>, open: (scene: S) => T): () => Promise<T> {
  let made: Promise<S> | undefined;
  return async () => open(await (made ??= make()));
}

const aws: () => Promise<AwsStage> = once(awsScene, awsStage);
const alibaba: () => Promise<AlibabaStage> = once(alibabaScene, alibabaStage);

const clouds: readonly (readonly [string, Cloud])[] = [
  [
    'AWS',
    {
      policy: awsPolicy,
      serviceOf: awsService,
      wide: async () => widenAws(await aws()),
      situations: worldsOf(aws, AWS_SITUATIONS, [...AWS_LINKS, ...AWS_BLOCKS, ...AWS_TARGETS]),
      slice: new Set(['GetVpcLinks', 'DescribeSecurityGroups', 'DescribeSubnets']),
    },
  ],
  [
    'Alibaba Cloud',
    {
      policy: alibabaPolicy,
      serviceOf: alibabaService,
      wide: async () => widenAlibaba(await alibaba()),
      situations: worldsOf(alibaba, ALIBABA_SITUATIONS, [...ALIBABA_LINKS, ...ALIBABA_GATEWAYS, ...ALIBABA_BLOCKS]),
      slice: new Set(['DescribeInstances', 'DescribeVSwitches', 'DescribeSecurityGroupAttribute']),
    },
  ],
];

/** Reads that only other accounts need. What is reported without them is tested where those accounts are. */
const OF_OTHER_ACCOUNTS: ReadonlySet<string> = new Set([
  'GetClientCertificates', // packages/aws/test/observe/observe-rest.test.ts
  'GetUsagePlans', // aws/rest-shows.ts
  'DescribeVpcEncryptionControls', // packages/aws/test/observe/encryption.test.ts
  'DescribeVpcEndpoints', // aws/route-shows.ts
  'DescribeVpcEndpointServiceConfigurations', // packages/core/test/check/checks/path/endpoint.test.ts
]);

/** The report on an account without one read permission. */
async function without(
  { simulation, report }: Stage,
  permission: ReadPermission,
  service: string | undefined,
  all: boolean,
): Promise<Report> {
  for (const operation of permission.operations) simulation.faults.add({ operation, service, kind: 'deny' });
  const answer = await report({ all });
  simulation.faults.clear();
  return answer;
}

/** Cloud Map and ECS both have ListServices. Both APIs of API Gateway have the same action, and only they have its operations. */
function awsService({ action, operations }: ReadPermission): string | undefined {
  return operations.includes('ListServices') ? action.split(':')[0] : undefined;
}

/** Products of Alibaba Cloud have operations of the same name, and RAM has other names for some than the simulation. */
function alibabaService({ action, operations }: ReadPermission): string | undefined {
  if (operations.includes('ListVpcPeerConnections')) return 'vpcpeer';
  const [product] = action.split(':');
  return product === 'apigateway' ? 'cloudapi' : product;
}

const named = ({ action, operations }: ReadPermission): string => `${action} (${operations.join(', ')})`;

const isNamed = ({ findings }: Report, { action }: ReadPermission): boolean =>
  findings.some((one) => one.verdict === 'unknown' && JSON.stringify(one).includes(action));

/** The problems of a report on less data. */
function wrong(before: Report, after: Report, permission: ReadPermission): readonly string[] {
  const reports = { before: before.findings, after: after.findings, permissions: [permission.action] };
  return [...risen(reports), ...vanished(reports).map((text) => `${text} is gone`)].map(
    (text) => `without ${named(permission)}: ${text}`,
  );
}

describe.each(clouds)(
  'a report on %s without one permission of the policy',
  (_, { policy, serviceOf, wide, situations, slice }) => {
    it('adds no pass, loses no failure, and reports an unknown that names the permission', async () => {
      const stage = await wide();
      const whole = await stage.report({ all: true });
      expect(whole.gaps).toEqual([]);
      const called = new Set(stage.simulation.journal().map(({ operation }) => operation));
      const [silent, uncalled]: [string[], string[]] = [[], []];
      for (const permission of sample(policy, 8)) {
        if (permission.fills.length === 0) continue; // nothing can be read without it
        // Read only where a group has no healthy target: shown with the reasons, in aws/registrars.test.ts.
        if (permission.fills.every((list) => list === 'registrars')) continue;
        const isOfOthers = permission.operations.every((one) => OF_OTHER_ACCOUNTS.has(one));
        if (!permission.operations.some((one) => called.has(one))) {
          if (!isOfOthers) uncalled.push(named(permission));
          continue;
        }
        const less = await without(stage, permission, serviceOf?.(permission), true);
        expect(wrong(whole, less, permission)).toEqual([]);
        expect(
          less.gaps.map((gap) => gap.permission),
          named(permission),
        ).toContain(permission.action);
        if (!isOfOthers && !isNamed(less, permission)) silent.push(named(permission));
      }
      expect({ silent, uncalled }).toEqual({ silent: [], uncalled: [] });
    });

    it.each(sample(situations(), 4))('adds no pass, and loses no failure: %s', async (_name, open) => {
      const stage = await open();
      const found: string[] = [];
      for (const all of PROVE ? [false, true] : [false]) {
        const whole = await stage.report({ all });
        for (const permission of policy) {
          if (permission.fills.length === 0) continue;
          if (!PROVE && !permission.operations.some((one) => slice.has(one))) continue;
          found.push(...wrong(whole, await without(stage, permission, serviceOf?.(permission), all), permission));
        }
      }
      expect(found).toEqual([]);
    });
  },
);
