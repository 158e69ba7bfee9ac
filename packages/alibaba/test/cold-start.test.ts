import { describeColdStart } from '../../testing/test/adapters/cold-start.js';

describeColdStart({
  name: 'alibaba',
  region: 'cn-hangzhou',
  external: ['@alicloud/*', 'yaml'],
});
