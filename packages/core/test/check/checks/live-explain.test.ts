import { expect, it } from 'vitest';
import { withLiveHops } from '../../../src/check/checks/live-remedy.js';
import type { Explanation } from '../../../src/do/findings/explanation.js';

it('Low: explain of a live run advises to run it again, not to take a snapshot again', () => {
  const remedy = 'Allow ec2:DescribeRouteTables for these credentials, then take the snapshot again.';
  const hop = { kind: 'route', id: 'rtb-1', text: 'not read', verdict: 'unknown', remedy };
  const explained = withLiveHops({ paths: [{ hops: [hop] }] } as unknown as Explanation);
  expect(explained.paths[0]?.hops[0]?.remedy).toBe(
    'Allow ec2:DescribeRouteTables for these credentials, then run this again.',
  );
});
