import { aws } from '@postern/aws';
import { PrivateIntegrations } from '@postern/core';

const { API_ID = '', LISTENER_ARN = '', SUBNET_IDS = '' } = process.env;
const gate = new PrivateIntegrations(aws({ region: 'eu-west-1' }), { project: 'shop', spec: 'shop-program' });

const link = await gate.ensureLink({ name: 'orders', subnetIds: SUBNET_IDS.split(',') });
const target = await gate.ensureTarget(link, { name: 'orders', listenerArn: LISTENER_ARN });
await gate.allow(link, ['10.20.0.0/20']);
await gate.ensureRoute(API_ID, 'ANY /orders/{proxy+}', target);
console.log(await gate.egress(link));
