import { check, type Finding } from '@postern/core/internal/check';
import { beforeAll, describe, expect, it } from 'vitest';
import { sample } from '../../core/test/runs.js';
import { risen, vanished } from '../../core/test/check/checks/what-is-lost.js';
import { readPolicy } from '../src/index.js';
import { checkedWorld, keyOf } from './world/checked-world.js';
import { CLOUDS } from '../../core/test/clouds.js';

/** Facts that only worlds with endpoints or encryption controls need. What is said without them is tested with those worlds. */
const OF_OTHER_WORLDS = [
  'ec2:DescribeVpcEncryptionControls', // observe/encryption.test.ts
  'ec2:DescribeVpcEndpoints', // packages/simulator/test/checks/aws/route-shows.ts
  'ec2:DescribeVpcEndpointServiceConfigurations', // packages/core/test/check/checks/path/endpoint.test.ts
];

describe('a permission that is missing', () => {
  let cloud: Awaited<ReturnType<typeof checkedWorld>>;
  let before: ReadonlyMap<string, Finding>;
  beforeAll(async () => {
    cloud = await checkedWorld();
    before = new Map(
      check(await cloud.read(), cloud.spec, { clouds: CLOUDS }).findings.map((one) => [keyOf(one), one]),
    );
  });

  it.each(
    sample(
      // What registers targets only explains what is known without it: no check is unknown for the lack of it.
      readPolicy
        .filter(({ fills, action }) => fills.some((list) => list !== 'registrars') && !OF_OTHER_WORLDS.includes(action))
        .map((one) => [one.action, one.operations] as const),
      8,
    ),
  )('%s makes no check pass, hides no failure, and makes a check unknown that names it (%s)', async (action) => {
    const { simulation, spec, read } = cloud;
    const operations = readPolicy.filter((one) => one.action === action).flatMap((one) => one.operations);
    const service = action === 'servicediscovery:ListServices' ? 'servicediscovery' : undefined;
    for (const operation of operations) simulation.faults.add({ service, operation, kind: 'deny' });
    const findings = await read()
      .then((snapshot) => check(snapshot, spec, { clouds: CLOUDS }).findings)
      .finally(() => simulation.faults.clear());
    const reports = { before: [...before.values()], after: findings, permissions: [action] };
    expect.soft(risen(reports)).toEqual([]);
    expect.soft(vanished(reports)).toEqual([]);
    const unknown = findings.filter(
      (one) => one.verdict === 'unknown' && before.get(keyOf(one))?.verdict !== 'unknown',
    );
    const naming = unknown.filter(({ remedy }) => remedy?.includes(action));
    expect(naming.map(keyOf)).not.toEqual([]);
  });
});
