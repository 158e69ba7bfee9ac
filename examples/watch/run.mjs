// A path is broken by hand and noticed, mended and noticed, on this machine only.
//   node examples/watch/run.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { allowInbound, buildNetwork, clients } from '../quickstart/network.mjs';
import { heading, minutes, SPEED, show } from '../show.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const started = Date.now();
await show('watch', async ({ folder, command, staying, start }) => {
  const simulator = await start();
  heading(`A simulated AWS on this machine, where a minute takes ${60 / SPEED} s`);
  const aws = clients({
    endpoint: simulator.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'example', secretAccessKey: 'example' },
  });
  const network = await buildNetwork(aws, () => undefined);
  const spec = readFileSync(path.join(here, '../quickstart/postern.yaml'), 'utf8');
  writeFileSync(path.join(folder, 'postern.yaml'), spec.replace('${env:ORDERS_API}', network.api));
  const env = { POSTERN_SIMULATOR: simulator.url };
  await command(['apply', '--yes'], env, { only: /^Done/ });

  heading('Watched: every minute; a report as a page, and the text of an issue');
  const report = ['--report', 'html=watch.html', '--notify', 'github=issue.md'];
  const watcher = staying(['watch', '--every', '1m', ...report], env);
  await watcher.until(/Now: 1 works/);

  heading('By hand: a rule of the load balancer is removed (RevokeSecurityGroupIngress)');
  const [, group] = network.groups;
  await aws.ec2.revokeSecurityGroupIngress({
    GroupId: group,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '10.0.2.0/24' }] }],
  });
  await watcher.until(/Now: 0 work, 1 is broken/);
  await minutes(3);

  heading('By hand: the rule is added again (AuthorizeSecurityGroupIngress)');
  await allowInbound(aws, network, '10.0.2.0/24');
  await watcher.until(/Now: 1 works/);
  const status = await watcher.stop();
  if (status !== 143) throw new Error(`postern watch ended with status ${status} after SIGTERM`);

  heading('Once more, as cron does; each change was reported once');
  await command(['watch', '--once', '--json', '--query', 'counts'], env, { only: /works/ });
  const { log } = JSON.parse(readFileSync(path.join(folder, 'postern.watch.json'), 'utf8'));
  for (const { type, subject, from, to, since } of log)
    if (type === 'verdict') console.log(`${since}  ${subject}: ${from} → ${to}`);
  if (log.filter(({ type }) => type === 'verdict').length !== 2)
    throw new Error('two changes of a verdict were expected');
  console.log(`\nThe demo took ${((Date.now() - started) / 1000).toFixed(0)} s. Next: docs/watch.md, docs/hooks.md.`);
});
