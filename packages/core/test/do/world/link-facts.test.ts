import { CLOUDS } from '../../clouds.js';
import { expect, it } from 'vitest';
import type { LinkSpec } from '../../../src/do/spec.js';
import { isNew, mayBeNew } from '../../../src/do/world/link-facts.js';
import type { LinkView } from '../../../src/do/world/views.js';
import { awsRegion } from '../../check/checks/aws-region.js';

const DECLARED: LinkSpec = { provider: 'aws', region: 'eu-west-1', subnets: ['subnet-a'], tags: {} };
const view = (spec: LinkSpec, more: Partial<LinkView> = {}): LinkView =>
  ({ spec, region: { clouds: CLOUDS }, ...more }) as LinkView;
const missing = { what: 'the links of eu-west-1', remedy: 'Take the snapshot again.' };

it.each<[string, LinkView, boolean, boolean]>([
  ['with its subnets', view(DECLARED), true, true],
  ['that is there', view(DECLARED, { link: awsRegion().links[0]! }), false, false],
  ['that may be there', view(DECLARED, { unseen: missing }), true, false],
  ['of others', view({ ...DECLARED, owner: 'external' }), false, false],
  ['by its ID', view({ ...DECLARED, id: 'vlink-9' }), false, false],
  ['with nothing to create it from', view({ provider: 'aws', region: 'eu-west-1', tags: {} }), false, false],
  [
    'of a load balancer',
    view({ provider: 'aws', region: 'eu-west-1', kind: 'vpc-link-v1', loadBalancer: 'nlb', tags: {} }),
    true,
    true,
  ],
])('a plan creates a link %s, or not', (_, link, may, is) => {
  expect([mayBeNew(link), isNew(link)]).toEqual([may, is]);
});
