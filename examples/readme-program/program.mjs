import { aws } from '@postern/aws';
import { PrivateIntegrations } from '@postern/core';
import { defineSpec } from '@postern/core/spec';

const { API_ID = '', LISTENER_ARN = '', SUBNET_IDS = '' } = process.env;
const owner = { project: 'shop', spec: 'shop-program' };
const gate = new PrivateIntegrations(aws({ region: 'eu-west-1' }), owner);

const spec = defineSpec({
  version: 1,
  ...owner,
  links: { main: { provider: 'aws', subnets: SUBNET_IDS.split(','), allowlist: ['10.20.0.0/20'] } },
  integrations: {
    orders: {
      link: 'main',
      gateway: { httpApi: API_ID },
      targets: { backend: { listener: LISTENER_ARN } },
      routes: { 'ANY /orders/{proxy+}': 'backend' },
    },
  },
});
const made = await gate.ensure(spec); // creates what is missing, finds what an earlier run created
console.log(made.links.main.egress);
await gate.release(); // deletes what carries the mark of shop-program
