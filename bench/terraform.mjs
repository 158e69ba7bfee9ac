// `postern plan` where nothing changes beside `terraform plan` of the same resources: VPC links of the simulated AWS, each with an
// integration and a route, in five HTTP APIs. Both run as processes, in turn, and call the same simulated cloud over HTTP. Without Terraform
// and a folder of its providers (TF_PROVIDER_MIRROR), nothing is measured.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { aws } from '../packages/aws/dist/index.js';
import { CLOUDS } from './clouds.mjs';
import { judge } from '../packages/core/dist/check.js';
import { createContext } from '../packages/core/dist/index.js';
import { apply, diff, observeSpec } from '../packages/core/dist/plan.js';
import { parseSpec } from '../packages/core/dist/spec.js';
import { temporaryFolder } from '../scripts/temporary-folder.mjs';
import { REGION } from './links/network.mjs';
import { linksWorld } from './links/world.mjs';

const LINKS = 50;
const LEAST = 15;
const TURNS = Number(process.argv[2] ?? 3);
const mirror = process.env.TF_PROVIDER_MIRROR ?? '';
const command = process.env.POSTERN_BENCH_COMMAND;
const bin = command ?? path.join(path.dirname(fileURLToPath(import.meta.url)), '../packages/cli/dist/bin.js');
const folder = temporaryFolder('bench-terraform');

if (!existsSync(mirror) || spawnSync('terraform', ['version']).status !== 0) {
  console.log('left out: TF_PROVIDER_MIRROR names no folder of providers, or Terraform is not installed');
  process.exit(0);
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const {
  simulation,
  parts,
  spec: text,
} = await linksWorld({ links: LINKS, apis: 5, throttle: false, clock: { speed: 600 } });
const { url, close } = await simulation.listen();

/** Runs a program beside this process, which serves the simulation. Returns its milliseconds. */
async function run(program, args, env) {
  const started = performance.now();
  const child = spawn(program, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
  const status = await new Promise((resolve) => child.on('close', resolve));
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}\n${said}`);
  return performance.now() - started;
}

const spec = parseSpec(JSON.stringify(text), { clouds: CLOUDS });
const pace = { slot: () => Promise.resolve(), slowDown: () => undefined };
const context = createContext({ clock: simulation.clock, pace });
const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
const drivers = () => driver;
const plan = diff(await observeSpec(spec, drivers, context, { checks: true, plan: {} }), spec);
for await (const event of apply(plan, { spec, drivers, context, judge })) {
  if (event.type === 'step.failed') throw new Error(`${event.unit}: ${event.error.message}`);
}
writeFileSync(path.join(folder, 'postern.json'), JSON.stringify(text));

const credentials = { access_key: 'AKIAIOSFODNN7EXAMPLE', secret_key: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const each = (make) => Object.fromEntries(parts.map((part) => [part.name, make(part)]));
const configuration = {
  terraform: { required_providers: { aws: { source: 'hashicorp/aws' } } },
  provider: {
    aws: {
      region: REGION,
      ...credentials,
      skip_metadata_api_check: true,
      endpoints: [{ apigatewayv2: url, ec2: url, sts: url }],
    },
  },
  resource: {
    aws_apigatewayv2_vpc_link: each(({ name, subnetIds, securityGroupIds }) => ({
      name,
      subnet_ids: subnetIds,
      security_group_ids: securityGroupIds,
    })),
    aws_apigatewayv2_integration: each(({ name, apiId, listener }) => ({
      api_id: apiId,
      integration_type: 'HTTP_PROXY',
      integration_method: 'ANY',
      integration_uri: listener,
      connection_type: 'VPC_LINK',
      connection_id: `\${aws_apigatewayv2_vpc_link.${name}.id}`,
    })),
    aws_apigatewayv2_route: each(({ name, apiId, routeKey }) => ({
      api_id: apiId,
      route_key: routeKey.replace('/orders', '/terraform'),
      target: `integrations/\${aws_apigatewayv2_integration.${name}.id}`,
    })),
  },
};
writeFileSync(path.join(folder, 'main.tf.json'), JSON.stringify(configuration));
const mirrored = `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`;
writeFileSync(path.join(folder, 'terraform.rc'), mirrored);
const terraform = (...args) =>
  run('terraform', [...args, '-input=false', '-no-color'], {
    TF_CLI_CONFIG_FILE: path.join(folder, 'terraform.rc'),
    CHECKPOINT_DISABLE: '1',
  });
const postern = () =>
  run(process.execPath, [bin, 'plan', '--detailed-exitcode', 'postern.json'], {
    POSTERN_SIMULATOR: url,
    XDG_CACHE_HOME: folder,
  });

await terraform('init');
await terraform('apply', '-auto-approve');
const times = { terraform: [], postern: [] };
for (let turn = 0; turn <= TURNS; turn += 1) {
  const [theirs, own] = [await terraform('plan', '-detailed-exitcode'), await postern()];
  if (turn === 0) continue; // the first fills the cache of compiled code
  times.terraform.push(theirs);
  times.postern.push(own);
}
const ratio = median(times.terraform) / median(times.postern);
console.log(`a plan of ${LINKS} links, integrations and routes in five HTTP APIs, without changes:`);
console.log(`  terraform ${median(times.terraform).toFixed(0)} ms, postern ${median(times.postern).toFixed(0)} ms`);
console.log(`  ${ratio.toFixed(1)} times as fast (at least ${LEAST}: ${ratio >= LEAST ? 'holds' : 'MISSED'})`);
await close();
