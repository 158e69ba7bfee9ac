// From a VPC to a REST API that reaches it, on this machine only.
//   node examples/rest-v1/run.mjs
import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandIn, heading, startSimulator } from '../show.mjs';
import { buildNetwork, clients } from './network.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const command = commandIn(here);
const simulator = await startSimulator();
try {
  heading('A VPC, a service behind an NLB, and a REST API (network.mjs)');
  const credentials = { accessKeyId: 'example', secretAccessKey: 'example' };
  const aws = clients({ endpoint: simulator.url, region: 'eu-west-1', credentials });
  const tell = (kind, id, what) => console.log(`${kind.padEnd(15)} ${id.padEnd(26)} ${what}`);
  const { restApi } = await buildNetwork(aws, tell);
  const env = { POSTERN_SIMULATOR: simulator.url, ORDERS_API: restApi };

  heading('What would be done');
  await command(['plan'], env);

  heading('Would calls arrive?');
  await command(['check'], env);

  heading('Done');
  await command(['apply', '--yes'], env);

  heading('Who uses the link, and from where it calls');
  await command(['links', '--uses'], env);
  await command(['egress', 'orders'], env);

  heading('The way of a call, hop by hop');
  await command(['explain', 'orders'], env);

  heading('Applied again: nothing to do');
  await command(['apply', '--yes'], env);

  heading('What callers call, once the simulator is a real cloud');
  console.log(`curl https://${restApi}.execute-api.eu-west-1.amazonaws.com/prod/orders`);

  heading('Taken down: the routes and the link; the stage serves what is left of the API');
  await command(['destroy', '--yes'], env);
} finally {
  simulator.stop();
  rmSync(path.join(here, '.postern'), { recursive: true, force: true });
}
