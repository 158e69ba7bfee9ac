// Every call to API Gateway goes through Alibaba Cloud's own client, @alicloud/cloudapi20160714: link, target, route with its
// deployment, allowlist, egress, and the removal of all of it. Calls to VPC and ECS use the adapter's client.
//   API_GROUP=… VSWITCH_IDS=… SECURITY_GROUP=… SERVER=… node examples/official-client/program.mjs
// With POSTERN_SIMULATOR it calls the simulated clouds, and buys nothing.
import cloudapi from '@alicloud/cloudapi20160714';
import { alibaba } from '@postern/alibaba';
import { PrivateIntegrations, simulatorAt } from '@postern/core';
import { defineSpec } from '@postern/core/spec';

const { API_GROUP, VSWITCH_IDS = '', SECURITY_GROUP, SERVER, POSTERN_SIMULATOR } = process.env;
const region = 'cn-hangzhou';

// ES modules find the class of a CommonJS package in `default` or in its `default`.
const Client = cloudapi.default ?? cloudapi;
const simulator = POSTERN_SIMULATOR === undefined ? undefined : await simulatorAt(POSTERN_SIMULATOR);
const client = new Client(
  simulator === undefined
    ? {
        regionId: region,
        accessKeyId: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID,
        accessKeySecret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
      }
    : {
        regionId: region,
        endpoint: new URL(simulator.url).host,
        protocol: 'http',
        accessKeyId: 'any',
        accessKeySecret: 'any',
      },
);

const owner = { project: 'shop', spec: 'shop-official' };
const gate = new PrivateIntegrations(alibaba({ region, simulator, cloudapi: client }), owner);

const subnets = VSWITCH_IDS.split(',');
const link = await gate.ensureLink(
  { name: 'orders', subnets, securityGroups: [SECURITY_GROUP], allowlist: [] },
  { allowPurchase: true },
);
console.log(`link ${link.id} is ${link.state}`);
// Before the route: the service tests the backend when an API is deployed.
await gate.allow(link, ['10.0.8.0/24']);
const target = await gate.ensureTarget(link, { name: 'orders', instance: SERVER, port: 8080 });
await gate.ensureRoute({ apiGroup: API_GROUP, stages: ['RELEASE'] }, 'GET /orders', target);
for (const { gateway, stage, routeKeys } of await gate.usesOf(link))
  console.log(`used by ${gateway.id} ${stage ?? '(draft)'}: ${routeKeys.join(', ')}`);
const { prefixes } = await gate.egress(link);
console.log(`its calls come from ${prefixes.join(' and ')}`);

// What carries the mark of this project and spec is removed.
const place = { provider: 'alibaba', region, subnets, securityGroups: [SECURITY_GROUP] };
const spec = defineSpec({ version: 1, ...owner, links: { orders: place } });
for await (const event of gate.destroy(spec, { deleteInstances: true })) {
  if (event.type === 'step.failed') throw new Error(event.error.message);
  if (event.type === 'step.done') console.log(`done: ${event.step}`);
}
