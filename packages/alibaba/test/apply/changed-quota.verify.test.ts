import { describeChangedQuotas } from '../../../testing/test/adapters/changed-quotas.js';
import { alibaba } from '../../src/index.js';
import { REGION, setUp } from '../world/conformance-setup.js';

describeChangedQuotas('Alibaba Cloud', {
  driverOf: (simulation, onCall) => alibaba({ region: REGION, api: simulation.alibaba(REGION, { onCall }) }),
  rows: [{ quota: 'apis-per-group', setUp: () => setUp({ family: 'apply', simulated: { throttle: false } }) }],
  refused: 2,
  remedy: /Alibaba Cloud/,
});
