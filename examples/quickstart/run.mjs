// What `npm start` shows, on this machine only: a blocked path is found and fixed, an integration is applied, called and replaced.
//   node examples/quickstart/run.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { heading, SPEED, show, startCalls } from '../show.mjs';
import { allowInbound, buildNetwork, clients } from './network.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const started = Date.now();
await show('quickstart', async ({ folder, command, start }) => {
  const simulator = await start();
  heading(`A simulated AWS on this machine, where a minute takes ${60 / SPEED} s`);
  const aws = clients({
    endpoint: simulator.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'quickstart', secretAccessKey: 'quickstart' },
  });
  const network = await buildNetwork(aws, () => undefined, { callers: ['10.0.1.0/24', '10.0.3.0/24'] });
  console.log(`A VPC with three subnets, the load balancer quickstart-orders, and the HTTP API ${network.api}.`);
  console.log('The spec, examples/quickstart/postern.yaml with the ID of the API:\n');
  const spec = readFileSync(path.join(here, 'postern.yaml'), 'utf8').replace('${env:ORDERS_API}', network.api);
  writeFileSync(path.join(folder, 'postern.yaml'), spec);
  console.log(/^links:[^]*(?=^ignore:)/m.exec(spec)[0].trimEnd().replace(/^/gm, '  '));
  const env = { POSTERN_SIMULATOR: simulator.url };

  heading('Check: do calls reach the backend? Nothing is created yet');
  await command(['check'], env, { ends: 3 });
  console.log('\nThe remedy is applied with the AWS SDK (AuthorizeSecurityGroupIngress):');
  await allowInbound(aws, network, '10.0.2.0/24');
  await command(['check'], env, { only: /passed/ });

  heading('Apply: create what the spec declares');
  await command(['apply', '--yes'], env);

  heading('A call');
  const host = `${network.api}.execute-api.eu-west-1.amazonaws.com`;
  const response = await fetch(`${simulator.url}/_postern/gateways/${host}/orders/1`);
  const { destination, port } = await response.json();
  console.log(`GET https://${host}/orders/1, at the simulator\n${response.status}, answered by ${destination}:${port}`);

  heading('Apply again');
  await command(['apply', '--yes'], env);

  heading('Another subnet: the link is replaced while five calls a second are made');
  const changed = 'changed.yaml';
  writeFileSync(path.join(folder, changed), spec.replace('quickstart-private-b', 'quickstart-private-c'));
  const replaced = await startCalls(simulator.url, host, ['/orders/1', '/orders/2']);
  await command(['apply', changed, '--yes'], env, {
    only: /^ {2}[±~-] |^(replace|retarget|delete) .*(done|waits)|^Done/,
  });
  const { calls, delivered } = await replaced({ after: 1 });
  if (delivered < calls) throw new Error('a replacement must not lose a call');

  console.log(`\nThe demo took ${((Date.now() - started) / 1000).toFixed(0)} s, without set-up, and no cloud account.`);
  console.log('Next: `npm run tour` (both clouds, moves with rollback, a REST API), docs/tutorial.md, README.md.');
});
