import { CLOUDS } from '../../../core/test/clouds.js';
import { expect, it } from 'vitest';
import { parseFleet, runRequest } from '../../src/config/parse-fleet.js';
import { planFleet } from '../../src/config/plan-fleet.js';

const handover = (gateway: string) => ({
  group: 'shop-*',
  stage: 'RELEASE',
  gateway,
  waive: { 'group/own-domain': `asked ${gateway}` },
});

it('a plan is what is handed over in each account and region of Alibaba Cloud', () => {
  const text = `version: 1
fleet: shops
accounts:
  trial: { id: '1111222233334444', provider: alibaba, regions: [cn-hangzhou], vars: { gateway: gw-1 }, wave: first }
  shop: { id: '5555666677778888', provider: alibaba, regions: [cn-hangzhou, cn-shanghai], vars: { gateway: gw-2 } }
waves: [{ name: first }, { name: rest }]
handovers:
  - { group: 'shop-*', gateway: '\${var:gateway}', waive: { group/own-domain: 'asked \${var:gateway}' } }
approvals: { before: [purchases, dns-switches] }
`;
  const fleet = parseFleet(text, { clouds: CLOUDS });
  const planned = planFleet(fleet, [], { clouds: CLOUDS });
  const request = runRequest(planned, { run: 'shops-1', goal: 'handover' });
  expect(request.specs.map(({ name, handovers }) => [name, handovers?.handovers[0]])).toEqual([
    ['handovers@trial/cn-hangzhou', handover('gw-1')],
    ['handovers@shop/cn-hangzhou', handover('gw-2')],
    ['handovers@shop/cn-shanghai', handover('gw-2')],
  ]);
  expect(request).toMatchObject({ approvals: ['purchase', 'dns'], waves: [{ name: 'first' }, { name: 'rest' }] });
});
