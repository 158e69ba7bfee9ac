import { aws } from '@postern/aws';
import { PrivateIntegrations } from '@postern/core';

const { API_ID = '', LISTENER_ARN = '', SUBNET_IDS = '' } = process.env;
const gate = new PrivateIntegrations(aws({ region: 'eu-west-1' }), { project: 'shop', spec: 'shop-program' });
const made = await gate.ensure({
  links: { main: { subnetIds: SUBNET_IDS.split(',') } },
  targets: { orders: { link: 'main', listenerArn: LISTENER_ARN } },
  routes: [{ gateway: API_ID, key: 'ANY /orders/{proxy+}', target: 'orders' }],
  allow: { main: ['10.20.0.0/20'] },
}); // creates what is missing, finds what an earlier run created
console.log(made.links.main.egress);
await gate.release(); // deletes what carries the mark of shop-program
