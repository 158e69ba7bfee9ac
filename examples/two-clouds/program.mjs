// Twenty integrations on AWS and twenty on Alibaba Cloud by one program: progress on stderr, the result as JSON on stdout.
//   API_ID=… LISTENER_ARN=… SUBNET_IDS=… API_GROUP=… VSWITCH_IDS=… SECURITY_GROUP=… SERVER=… node examples/two-clouds/program.mjs
//   the same with `release` behind it removes them
// With POSTERN_SIMULATOR it calls the simulated clouds, and buys nothing. docs/two-clouds.md explains it.
import { alibaba } from '@postern/alibaba';
import { aws } from '@postern/aws';
import { isPosternError, PrivateIntegrations, simulatorAt } from '@postern/core';
import { fileJournal } from '@postern/core/node';
import { defineSpec } from '@postern/core/spec';

const { env } = process;
const at = env.POSTERN_SIMULATOR;
const simulator = at === undefined ? undefined : await simulatorAt(at);
const names = Array.from({ length: 20 }, (_, index) => `service-${index + 1}`);
const each = (valueOf) => Object.fromEntries(names.map((name) => [name, valueOf(name)]));

// One object for both sessions: they take turns. After a kill, the next start goes on.
const journal = fileJournal(env.JOURNAL ?? 'two-clouds.journal');
const owner = { project: 'shop', spec: 'shop-two-clouds' };

const clouds = {
  aws: {
    gate: new PrivateIntegrations(aws({ region: 'eu-west-1', simulator }), { ...owner, journal }),
    spec: defineSpec({
      version: 1,
      ...owner,
      links: { main: { provider: 'aws', subnets: env.SUBNET_IDS?.split(','), allowlist: ['10.0.0.0/20'] } },
      integrations: each((name) => ({
        link: 'main',
        gateway: { httpApi: env.API_ID },
        targets: { [name]: { listener: env.LISTENER_ARN } },
        routes: { [`ANY /${name}/{proxy+}`]: name },
      })),
    }),
  },
  alibaba: {
    gate: new PrivateIntegrations(alibaba({ region: 'cn-hangzhou', simulator }), { ...owner, journal }),
    spec: defineSpec({
      version: 1,
      ...owner,
      links: {
        main: {
          provider: 'alibaba',
          subnets: env.VSWITCH_IDS?.split(','),
          securityGroups: [env.SECURITY_GROUP],
          allowlist: ['10.0.8.0/24'],
        },
      },
      integrations: each((name) => ({
        link: 'main',
        gateway: { apiGroup: env.API_GROUP, stages: ['RELEASE'] },
        targets: { [name]: { instance: env.SERVER, port: 8080 } },
        routes: { [`GET /${name}`]: name },
      })),
    }),
  },
};

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort());

/** Carries out the call of one cloud, and returns what is worth keeping, as JSON. */
async function run(cloud, { gate, spec }) {
  let done = 0;
  const onEvent = ({ type, step, message }) => {
    if (type === 'step.done') console.error(`${cloud}: ${(done += 1)} ${step}`);
    if (type === 'step.waiting') console.error(`${cloud}: ${message}`);
  };
  const options = { signal: stop.signal, onEvent };
  if (process.argv.includes('release')) return gate.release({ ...options, deleteInstances: true });
  const { links, changes, notes } = await gate.ensure(spec, { ...options, allowPurchase: true });
  const { id, egress } = links.main;
  const routes = Object.values(spec.integrations).flatMap((one) => Object.keys(one.routes));
  return { link: id, callsComeFrom: egress.prefixes, routes, changes, notes };
}

const results = await Promise.allSettled(Object.entries(clouds).map(([cloud, one]) => run(cloud, one)));
const shown = Object.keys(clouds).map((cloud, index) => {
  const { status, value, reason } = results[index];
  if (status === 'fulfilled') return [cloud, value];
  if (!isPosternError(reason)) throw reason;
  process.exitCode = 1;
  return [cloud, { code: reason.code, message: reason.message, remedy: reason.remedy }];
});
console.log(JSON.stringify(Object.fromEntries(shown), null, 2));
