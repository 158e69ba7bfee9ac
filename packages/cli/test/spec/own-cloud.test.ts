import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Io } from '../../src/process/io.js';
import { loadDriver } from '../../src/session/load-driver.js';
import { folder, run } from '../run-command.js';
import { copyOfOwnCloud as copy, OWN_CLOUD as EXAMPLE } from './copy-of-own-cloud.js';

/** A spec whose target is a rope, which no other cloud has. */
const ROPE = `version: 1
project: shop
spec: shop-1a2b3c4d
links:
  main: { provider: tunnel, region: north-1, account: acc-1234, subnets: [sub-a, sub-b], securityGroups: [grp-1] }
integrations:
  orders:
    link: main
    gateway: { tunnelRouter: router1 }
    targets: { orders: { rope: orders-rope } }
    routes: { ANY /orders: orders }
`;

/** A plan that creates a tunnel, and a route through it to a machine. */
function terraformPlan() {
  const change = (type: string, after: object, unknown: object) => ({
    address: `${type}.bills`,
    mode: 'managed',
    type,
    name: 'bills',
    provider_name: 'registry.terraform.io/example/tunnel',
    change: { actions: ['create'], before: null, after, after_unknown: { id: true, ...unknown } },
  });
  const tunnel = { name: 'bills', subnet_ids: ['sub-a', 'sub-b'], group_ids: ['grp-1'] };
  const route = { router: 'router1', key: 'GET /bills', target: '10.0.2.20:8080' };
  return {
    format_version: '1.2',
    terraform_version: '1.9.0',
    resource_changes: [change('tunnel_tunnel', tunnel, {}), change('tunnel_route', route, { tunnel_id: true })],
    configuration: {
      root_module: {
        resources: [
          { address: 'tunnel_tunnel.bills', mode: 'managed', type: 'tunnel_tunnel', name: 'bills', expressions: {} },
          {
            address: 'tunnel_route.bills',
            mode: 'managed',
            type: 'tunnel_route',
            name: 'bills',
            expressions: { tunnel_id: { references: ['tunnel_tunnel.bills.id', 'tunnel_tunnel.bills'] } },
          },
        ],
      },
    },
  };
}

/** The same with a package that is installed, in JavaScript as it is published. */
function withPackage(files: Record<string, string> = {}): { readonly cwd: string } {
  const cwd = copy(files);
  const at = path.join(cwd, 'node_modules/@example/postern-cloud-tunnel');
  mkdirSync(at, { recursive: true });
  const manifest = {
    name: '@example/postern-cloud-tunnel',
    type: 'module',
    exports: { '.': { import: './index.js' } },
  };
  writeFileSync(path.join(at, 'package.json'), JSON.stringify(manifest));
  cpSync(EXAMPLE, at, { recursive: true, filter: (file) => file === EXAMPLE || file.endsWith('.ts') });
  writeFileSync(path.join(at, 'index.js'), "export { default } from './cloud.ts';\n");
  return { cwd };
}

describe('a cloud that a program brings', () => {
  it('is planned, applied, checked, pictured and destroyed', async () => {
    const cwd = copy();
    const postern = (...argv: string[]) => run([...argv, '--cloud', 'cloud.ts'], { cwd });
    expect(await postern('validate')).toMatchObject({ status: 0 });
    const planned = await postern('plan');
    expect(planned.out).toContain('create link main');
    expect(planned.out).toContain('create route ANY /orders on router1');
    expect(await postern('apply', '--yes')).toMatchObject({ status: 0 });
    expect((await postern('plan')).out).toContain('No changes; 2 unchanged.');
    const checked = await postern('check', '--json');
    const { findings } = JSON.parse(checked.out) as {
      readonly findings: readonly { check: string; verdict: string }[];
    };
    const open = findings.filter(({ verdict }) => verdict !== 'pass');
    expect(open).toMatchObject([
      { check: 'egress/wider', verdict: 'fail' },
      { check: 'target/exposed', verdict: 'fail' },
    ]);
    expect((await postern('graph')).out).toContain('router of Tunnel Cloud');
    expect(await postern('destroy', '--yes', '--drain', '0')).toMatchObject({ status: 0 });
    expect((await postern('plan')).out).toContain('2 to create');
  });

  it('has checks of its own, which reports, rules and `ignore` know', async () => {
    const cwd = copy();
    const check = async (routes: number, ...argv: string[]) => {
      const all = Array.from({ length: routes }, (_, at) => ({
        id: `r-${at}`,
        router: 'router1',
        key: `ANY /r${at}`,
        tunnel: 'tun-1',
        target: 'a:1',
        description: '',
      }));
      writeFileSync(path.join(cwd, 'tunnel-account.json'), JSON.stringify({ ids: 1, tunnels: [], routes: all }));
      return run(['check', '--cloud', 'cloud.ts', '--only', 'tunnel/*', '--fail-on', 'warning', ...argv], { cwd });
    };
    expect(await check(20)).toMatchObject({ status: 0 });
    const many = await check(21, '--report', 'sarif=a.sarif');
    expect(many).toMatchObject({ status: 3, out: expect.stringContaining('router1 has 21 routes') });
    const sarif = readFileSync(path.join(cwd, 'a.sarif'), 'utf8');
    const ids = [...sarif.matchAll(/"id":\s*"([a-z-]+\/[a-z-]+)"/g)].map(([, id]) => id);
    expect(ids.slice(-3)).toEqual(['egress/wider', 'tunnel/router-load', 'spec/ignore']);
    expect(sarif).toContain('Tunnel Cloud allows five tunnels in each network');

    const spec = readFileSync(path.join(cwd, 'postern.yaml'), 'utf8');
    const ignoring = (id: string) =>
      writeFileSync(path.join(cwd, 'postern.yaml'), `${spec}ignore: [{ check: ${id}, reason: moves in May }]\n`);
    ignoring('tunnel/router-load');
    expect(await check(21)).toMatchObject({ status: 0 });
    ignoring('tunnel/router-lod');
    expect(await check(21)).toMatchObject({ status: 64, err: expect.stringContaining('tunnel/router-load') });
  });

  it('has an option, without a price, and quotas', async () => {
    const needs = readFileSync(path.join(EXAMPLE, 'needs.yaml'), 'utf8');
    const cwd = copy({ 'poor.yaml': `${needs}accounts: [acc-1234]\nbudgetUsd: 1\n` });
    const env = { API: 'router1', ORDERS_ADDRESS: '10.0.2.20', STOCK_ADDRESS: '10.0.2.21' };
    const postern = (...argv: string[]) => run([...argv, '--cloud', 'cloud.ts'], { cwd, env });
    const advised = await postern('advise', 'needs.yaml', '--json');
    const { options } = JSON.parse(advised.out) as {
      readonly options: readonly { readonly reasons: readonly { readonly code: string; readonly message: string }[] }[];
    };
    expect(advised.status).toBe(0);
    const binding = { quota: 'tunnels', limit: 5, needed: 1, source: 'default' };
    expect(options).toMatchObject([{ id: 'tunnel-router', fits: 'yes', monthlyUsd: null, binding }]);
    const textOf = (code: string) => options[0]?.reasons.find((one) => one.code === code)?.message;
    expect(textOf('COST_UNKNOWN')).toBe('Not known: the price of router. No list price could be read.');
    expect(textOf('CEILING')).toBe('At most 5 services with a VPC for each service: tunnels = 5.');
    const poor = await postern('advise', 'poor.yaml');
    expect(poor).toMatchObject({ status: 3, out: expect.stringContaining('cannot be determined') });
    // What --fragment prints is a spec of the cloud.
    const fragment = await postern('advise', 'needs.yaml', '--fragment', 'tunnel-router');
    writeFileSync(path.join(cwd, 'advised.yaml'), fragment.out);
    expect(await postern('validate', 'advised.yaml')).toMatchObject({ status: 0 });
    expect(await postern('apply', '--yes')).toMatchObject({ status: 0 });
    expect(await postern('snapshot', '--output', 'snapshot.json')).toMatchObject({ status: 0 });
    const { out } = await postern('quotas', '--snapshot', 'snapshot.json');
    expect(out).toContain('20%  1 of 5 (default)  4 left  by request  tunnels  tunnel north-1');
    // Without the program, nothing of it is known, and nothing is refused.
    const bare = await run(['quotas', '--snapshot', 'snapshot.json', '--json'], { cwd });
    expect(JSON.parse(bare.out)).toMatchObject({ quotas: [] });
  });

  it('writes a port beside a target only where its kind has one', async () => {
    const program =
      "import brought from './cloud.ts';\nconst [option] = brought.planner.options;\nexport default { ...brought, " +
      "planner: { ...brought.planner, options: [{ ...option, target: { key: 'rope', port: 8080 } }] } };";
    const cwd = copy({ 'roped.ts': program });
    const env = { API: 'router1', ORDERS_ROPE: 'orders-rope', STOCK_ROPE: 'stock-rope' };
    const advise = ['advise', 'needs.yaml', '--fragment', 'tunnel-router', '--cloud', 'roped.ts'];
    const { out } = await run(advise, { cwd, env });
    expect(out).toContain('rope: ${env:ORDERS_ROPE}');
    expect(out).not.toContain('port');
    writeFileSync(path.join(cwd, 'advised.yaml'), out);
    expect(await run(['validate', 'advised.yaml', '--cloud', 'roped.ts'], { cwd, env })).toMatchObject({ status: 0 });
  });

  it('without a planner has no options, and the remedy says how they are given', async () => {
    const program = "import brought from './cloud.ts';\nexport default { ...brought, planner: undefined };";
    const ran = await run(['advise', 'needs.yaml', '--cloud', 'bare.ts'], { cwd: copy({ 'bare.ts': program }) });
    expect(ran.err).toContain('this program has no options for the cloud tunnel');
    expect(ran.err).toContain('definePlanner');
    expect(ran.status).toBe(1);
  });

  it('has a kind of target of its own, which a spec names and checks do not know', async () => {
    const cwd = copy({ 'rope.yaml': ROPE });
    const postern = (...argv: string[]) => run([...argv, '--cloud', 'cloud.ts'], { cwd });
    expect((await postern('plan', 'rope.yaml')).out).toContain('target: rope-1');
    expect(await postern('apply', 'rope.yaml', '--yes')).toMatchObject({ status: 0 });
    expect((await postern('plan', 'rope.yaml')).out).toContain('No changes; 2 unchanged.');
    const { out } = await postern('check', 'rope.yaml', '--json');
    const { findings } = JSON.parse(out) as {
      readonly findings: readonly { check: string; verdict: string; message: string }[];
    };
    expect(findings.filter(({ verdict }) => verdict !== 'pass')).toMatchObject([
      { check: 'path/route', verdict: 'unknown', message: expect.stringContaining('the endpoints of rope rope-1') },
    ]);
    expect((await postern('graph', 'rope.yaml')).out).toContain('orders&#45;rope');
    expect((await postern('list', 'rope.yaml')).out).toContain('ANY /orders');
    expect((await postern('graph', 'rope.yaml', '--live')).out).toContain('rope&#45;1');
    const wrong = await run(['validate', 'wrong.yaml', '--cloud', 'cloud.ts'], {
      cwd: copy({ 'wrong.yaml': ROPE.replace('orders-rope', 'orders') }),
    });
    expect(wrong).toMatchObject({ status: 64, err: expect.stringContaining('orders is not the name of a rope') });
    const absent = await run(['plan', 'absent.yaml', '--cloud', 'cloud.ts'], {
      cwd: copy({ 'absent.yaml': ROPE.replace('orders-rope', 'bills-rope') }),
    });
    expect(absent.err).toContain('rope bills-rope does not exist in north-1');
  });

  it('has rows for plans of Terraform, which are laid over a snapshot and over the live network', async () => {
    const cwd = copy({ 'plan.json': JSON.stringify(terraformPlan()) });
    const postern = (...argv: string[]) => run([...argv, '--cloud', 'cloud.ts'], { cwd });
    expect(await postern('apply', '--yes')).toMatchObject({ status: 0 });
    expect(await postern('snapshot', '--output', 'snapshot.json')).toMatchObject({ status: 0 });
    const check = ['check', '--terraform', 'plan.json', '--region', 'north-1', '--fail-on', 'error'];
    for (const how of [['--snapshot', 'snapshot.json'], []]) {
      const { out, err } = await postern(...check, ...how, '--json');
      expect(err).not.toContain('error');
      const { integrations } = JSON.parse(out) as { readonly integrations: readonly object[] };
      expect(integrations).toMatchObject([
        { route: 'ANY /orders', before: 'pass', after: 'pass' },
        { address: 'tunnel_route.bills', gateway: 'router1', route: 'GET /bills', after: 'pass' },
      ]);
    }
    const bare = await run([...check, '--snapshot', 'snapshot.json'], { cwd });
    expect(bare.out).not.toContain('GET /bills');
  });

  it('has routes that move to another tunnel', async () => {
    const text = readFileSync(path.join(EXAMPLE, 'postern.yaml'), 'utf8');
    const line = text.split('\n').find((one) => one.startsWith('  main:')) ?? '';
    const cwd = copy({ 'two.yaml': text.replace(line, `${line}\n${line.replace('main', 'next')}`) });
    const postern = (...argv: string[]) => run([...argv, '--cloud', 'cloud.ts'], { cwd });
    expect(await postern('apply', 'two.yaml', '--yes')).toMatchObject({ status: 0 });
    const state = () =>
      JSON.parse(readFileSync(path.join(cwd, 'tunnel-account.json'), 'utf8')) as {
        readonly tunnels: readonly { readonly id: string; readonly name: string }[];
        readonly routes: readonly { readonly tunnel: string }[];
      };
    const idOf = (name: string) => state().tunnels.find((one) => one.name === name)?.id ?? '';
    expect(state().routes).toMatchObject([{ tunnel: idOf('main') }]);
    const place = ['--provider', 'tunnel', '--region', 'north-1'];
    const move = [...place, '--api', 'router1', '--from', idOf('main'), '--to', idOf('next')];
    const validated = await postern('migrate', 'validate', ...move);
    expect(validated).toMatchObject({ status: 0, out: expect.stringContaining('(router1) →') });
    const planned = await postern('migrate', 'plan', ...move);
    expect(planned).toMatchObject({ status: 0, out: expect.stringContaining('in tunnel north-1, account acc-1234') });
    const how = ['--yes', '--accept-unknown', 'migrate/probe', '--pause', '0s', '--drain', '0s'];
    expect(await postern('migrate', 'run', ...move, ...how)).toMatchObject({ status: 0 });
    expect(state().routes).toMatchObject([{ tunnel: idOf('next') }]);
    const whole = await postern('migrate', 'validate', ...place, '--from', idOf('next'), '--to', idOf('main'));
    expect(whole).toMatchObject({ status: 0, out: expect.stringContaining('router1') });
    const swapped = [...place, '--group', 'router1', '--to', idOf('next')];
    const refused = await postern('migrate', 'validate', ...swapped);
    expect(refused).toMatchObject({
      status: 64,
      err: expect.stringContaining('--group: not supported with --provider tunnel'),
    });
    expect(await postern('migrate', 'validate', ...place, '--to', idOf('main'))).toMatchObject({
      status: 64,
      err: expect.stringContaining('one route of it, or --from for all routers of a tunnel.'),
    });
    const unknown = await run(['migrate', 'validate', ...move], { cwd });
    expect(unknown.err).toContain("argument 'tunnel' is invalid. Allowed choices are aws, alibaba.");
  });

  it('refuses what its rules refuse', async () => {
    const spec =
      'version: 1\nproject: shop\nlinks: { main: { provider: tunnel, region: north-1, subnets: [sub-a] } }\n';
    const ran = await run(['plan', 'one.yaml', '--cloud', 'cloud.ts'], { cwd: copy({ 'one.yaml': spec }) });
    expect(ran).toMatchObject({ status: 64, err: expect.stringContaining('a tunnel needs two subnets') });
  });

  it('is unknown without the program, and the remedy says how it is given', async () => {
    const { err, status } = await run(['validate'], { cwd: copy() });
    expect(status).toBe(64);
    expect(err).toContain('unknown provider "tunnel"');
    expect(err).toContain('--cloud FILE on the command line');
    const needs = await run(['advise', 'needs.yaml'], { cwd: copy() });
    expect(needs.err).toContain('--cloud FILE on the command line');
  });

  it('is recognized by the forms of its IDs and regions', async () => {
    const cwd = copy({ 'package.json': '{ "postern": { "clouds": ["./cloud.ts"] } }' });
    expect(await run(['apply', '--yes'], { cwd })).toMatchObject({ status: 0 });
    rmSync(path.join(cwd, 'postern.yaml'));
    expect((await run(['gateways', '--region', 'north-1'], { cwd })).out).toContain('router1');
    expect((await run(['links', 'tun-1', '--region', 'north-1'], { cwd })).out).toContain('tun-1  main  tunnel');
  });

  it('has a first spec of what its value shows, which apply carries out', async () => {
    const cwd = copy();
    rmSync(path.join(cwd, 'postern.yaml'));
    const init = (...argv: string[]) => run(['init', '--provider', 'tunnel', '--cloud', 'cloud.ts', ...argv], { cwd });
    expect((await init()).out).toContain('Fill it in');
    const text = readFileSync(path.join(cwd, 'postern.yaml'), 'utf8');
    for (const line of ['subnets: [sub-replaceme]', 'gateway: { tunnelRouter: replaceme }', 'region: north-1'])
      expect(text).toContain(line);
    const named = ['--subnets', 'sub-a,sub-b', '--gateway', 'router1', '--target', '10.0.2.20:8080'];
    expect((await init('--force', ...named)).out).toBe('Wrote postern.yaml. Check it: postern check\n');
    expect(await run(['fmt', '--check'], { cwd })).toMatchObject({ status: 0 });
    expect(await run(['apply', '--yes', '--cloud', 'cloud.ts'], { cwd })).toMatchObject({ status: 0 });
    const linked = await init('--force', '--link', 'tun-1', '--gateway', 'tunnelRouter:router1');
    expect(linked).toMatchObject({ status: 0 });
    expect(readFileSync(path.join(cwd, 'postern.yaml'), 'utf8')).toContain('    id: tun-1\n');
    const wrong = await init('--force', '--gateway', 'httpApi:a1');
    expect(wrong.err).toContain('"httpApi:a1" names no gateway\n  Write an ID, or tunnelRouter:ID');
    const form = await init('--force', '--target', 'orders');
    expect(form.err).toContain('Write ADDRESS:PORT.');
    const other = await init('--force', '--region', 'eu-west-1');
    expect(other.err).toContain('"eu-west-1" is not a valid region of Tunnel Cloud');
  });

  it('has a policy, which doctor names, too', async () => {
    const cwd = copy();
    const policy = ['snapshot', '--policy', '--provider', 'tunnel'];
    const { out } = await run([...policy, '--region', 'north-1', '--cloud', 'cloud.ts'], { cwd });
    const actions = ['ListMachines', 'ListNetwork', 'ListRouters', 'ListRoutes', 'ListTunnels'];
    expect(JSON.parse(out)).toEqual({
      allow: [{ actions: actions.map((name) => `tunnels:${name}`), regions: ['north-1'] }],
    });
    const doctor = await run(['doctor', '--cloud', 'cloud.ts'], { cwd });
    expect(doctor.out).toContain('tunnels:CreateTunnel, tunnels:ChangeTunnel');
  });

  it('without these members is refused, and the remedies say what is done', async () => {
    const program = `import brought from './cloud.ts';
const { backend, recognizes, loadPermissions, ...cloud } = brought.cloud;
export default { ...brought, cloud };`;
    const cwd = copy({ 'bare.ts': program });
    const bare = (...argv: string[]) => run([...argv, '--cloud', 'bare.ts'], { cwd });
    const policy = await bare('snapshot', '--policy', '--provider', 'tunnel');
    expect(policy.err).toContain('error UNSUPPORTED: the permissions that a snapshot of tunnel needs are not known');
    expect(policy.err).toContain('`loadPermissions`');
    const init = await bare('init', 'new.yaml', '--provider', 'tunnel', '--target', '10.0.2.20:8080');
    expect(init.err).toContain('error UNSUPPORTED: --target: backends of Tunnel Cloud cannot be named by an option');
    expect(init.err).toContain('write the target in the file');
    const doctor = await bare('doctor');
    expect(doctor.out).toContain('See what the documentation of the package that brings the cloud has allowed.');
  });

  it('is not rehearsed: no program brings a data path', async () => {
    const cwd = copy();
    const postern = (...argv: string[]) => run([...argv, '--cloud', 'cloud.ts'], { cwd });
    expect(await postern('snapshot', '--output', 'snapshot.json')).toMatchObject({ status: 0 });
    const { err, status } = await postern('rehearse', 'apply', '--snapshot', 'snapshot.json');
    expect(status).toBeGreaterThan(0);
    expect(err).toContain('error UNSUPPORTED: no simulated cloud exists for Tunnel Cloud');
    expect(err).toContain('snapshot.json');
    expect(err).toContain('Take a snapshot of regions of aws and alibaba alone, with --provider.');
  });

  it('has no driver without the program, and the remedy says how it is given', async () => {
    const io = { env: {}, cwd: folder(), clouds: { named: [] } } as unknown as Io;
    const place = { provider: 'tunnel', region: 'north-1' };
    await expect(loadDriver(io, place, undefined)).rejects.toMatchObject({
      code: 'NO_DRIVER',
      message: 'no adapter is loaded for tunnel',
      remedy: expect.stringContaining('--cloud FILE on the command line') as string,
    });
  });

  it('is named in package.json, as a file or as a package, and --cloud adds to it', async () => {
    const named = (...clouds: readonly string[]) => ({ 'package.json': JSON.stringify({ postern: { clouds } }) });
    const { cwd } = withPackage(named('./cloud.ts'));
    expect((await run(['plan'], { cwd })).out).toContain('create link main');
    // The same program by both is one program.
    expect(await run(['validate', '--cloud', 'cloud.ts'], { cwd })).toMatchObject({ status: 0 });
    const scoped = withPackage(named('@example/postern-cloud-tunnel')).cwd;
    expect((await run(['plan'], { cwd: scoped })).out).toContain('create link main');
    expect((await run(['graph'], { cwd: scoped })).out).toContain('router of Tunnel Cloud');
    const byOption = withPackage().cwd;
    expect(await run(['validate'], { cwd: byOption })).toMatchObject({ status: 64 });
    const option = ['--cloud', '@example/postern-cloud-tunnel'];
    expect(await run(['validate', ...option], { cwd: byOption })).toMatchObject({ status: 0 });
    // Nothing above the folder is read.
    mkdirSync(path.join(cwd, 'below'));
    cpSync(path.join(cwd, 'postern.yaml'), path.join(cwd, 'below/postern.yaml'));
    expect(await run(['validate'], { cwd: path.join(cwd, 'below') })).toMatchObject({ status: 64 });
  });

  it('does not run where POSTERN_PACKAGE_CLOUDS has package.json ignored', async () => {
    const { cwd } = withPackage({ 'package.json': '{ "postern": { "clouds": ["./ran.ts", "./cloud.ts"] } }' });
    writeFileSync(path.join(cwd, 'ran.ts'), "throw new Error('this program ran');\n");
    const validate = (value: string, ...argv: string[]) =>
      run(['validate', ...argv], { cwd, env: { POSTERN_PACKAGE_CLOUDS: value } });
    for (const value of ['', 'run']) expect((await validate(value)).err).toContain('this program ran');
    expect(await validate('ignore')).toMatchObject({ status: 64, err: expect.stringContaining('unknown provider') });
    expect(await validate('ignore', '--cloud', 'cloud.ts')).toMatchObject({ status: 0 });
    const wrong = await validate('Ignore');
    expect(wrong).toMatchObject({ status: 64, err: expect.stringContaining('error INVALID_INPUT') });
    expect(wrong.err).toContain('POSTERN_PACKAGE_CLOUDS: expected ignore or run, got "Ignore"');
    expect(wrong.err).toContain('Write ignore where strangers may change package.json');
  });

  it('is a choice of --provider, with the region of its own variable', async () => {
    const cwd = copy({ 'package.json': '{ "postern": { "clouds": ["./cloud.ts"] } }' });
    const postern = (...argv: string[]) => run(argv, { cwd, env: { TUNNEL_REGION: 'north-1' } });
    expect(await run(['apply', '--yes'], { cwd })).toMatchObject({ status: 0 });
    expect((await postern('gateways', '--provider', 'tunnel')).out).toContain('router1');
    expect((await postern('links', '--provider', 'tunnel')).out).toContain('tun-1');
    expect((await postern('quotas', '--provider', 'tunnel')).out).toContain('tunnels  tunnel north-1');
    const missing = await run(['quotas', '--provider', 'tunnel'], { cwd: copy(), env: {} });
    expect(missing.err).toContain("argument 'tunnel' is invalid. Allowed choices are aws, alibaba.");
    const other = await postern('links', '--provider', 'rope');
    expect(other).toMatchObject({ status: 64, err: expect.stringContaining("'rope' is invalid") });
    expect(other.err).toContain('Allowed choices are aws, alibaba, tunnel.');
    const bare = await run(['import', '--provider', 'tunnel', '--project', 'shop'], { cwd, env: {} });
    expect(bare.err + bare.out).toContain('north-1');
  });

  it.each<[string, string, ...string[]]>([
    ['no list', '{ "postern": { "clouds": "./cloud.ts" } }', 'postern.clouds: expected a list', '"postern-cloud-NAME"'],
    ['no name', '{ "postern": { "clouds": [1] } }', 'postern.clouds: expected a list'],
    ['no object', '{ "postern": [] }', 'postern: expected an object'],
    ['another key', '{ "postern": { "cloud": [] } }', 'postern.cloud: unknown key', 'The only key is clouds.'],
    ['no JSON', '{ "postern": { ', 'error FILE_UNREADABLE: package.json: '],
    [
      'a package that is not installed',
      '{ "postern": { "clouds": ["postern-cloud-rope"] } }',
      'postern.clouds: postern-cloud-rope: the package is not installed',
      'npm install postern-cloud-rope',
    ],
    [
      'no cloud',
      '{ "postern": { "clouds": ["./planner.ts"] } }',
      './planner.ts: the default export is not { cloud, driver }',
    ],
    [
      'two clouds with one name',
      '{ "postern": { "clouds": ["./cloud.ts", "@example/postern-cloud-tunnel"] } }',
      'postern.clouds: ./cloud.ts, ',
      'postern.clouds: @example/postern-cloud-tunnel: two clouds of this set are named tunnel',
    ],
  ])('is refused where package.json has %s', async (_, text, ...said) => {
    const { err, status } = await run(['validate'], { cwd: withPackage({ 'package.json': text }).cwd });
    expect(status).toBeGreaterThan(1);
    for (const one of ['package.json', ...said]) expect(err).toContain(one);
  });

  it.each(['{ "name": "shop" }', '{ "dependencies": { "postern": "1.0.0" } }', '{ broken', '[]'])(
    'is not asked for by %s',
    async (text) => {
      const spec = 'version: 1\nproject: shop\n';
      const cwd = folder({ 'package.json': text, 'postern.yaml': spec });
      expect(await run(['validate'], { cwd })).toMatchObject({ status: 0 });
    },
  );

  it('needs no driver for commands that call no cloud', async () => {
    const cwd = copy({ 'value-alone.ts': "import { cloud } from './value.js';\nexport default { cloud };" });
    expect(await run(['validate', '--cloud', 'value-alone.ts'], { cwd })).toMatchObject({ status: 0 });
    expect(await run(['apply', '--cloud', 'cloud.ts', '--yes'], { cwd })).toMatchObject({ status: 0 });
    const snapshot = ['snapshot', '--output', 'a.json', '--cloud', 'cloud.ts'];
    expect(await run(snapshot, { cwd })).toMatchObject({ status: 0 });
    const checked = await run(['check', '--snapshot', 'a.json', '--cloud', 'value-alone.ts'], { cwd });
    expect(checked.err).toBe('');
    const { err } = await run(['plan', '--cloud', 'value-alone.ts'], { cwd });
    expect(err).toContain('error NO_DRIVER');
    expect(err).toContain('Export the driver beside the value of the cloud');
  });

  it('says that its driver failed, not that Postern has a defect', async () => {
    const program = (driver: string) =>
      `import brought from './cloud.ts';\nexport default { ...brought, driver: ${driver} };`;
    const cwd = copy({
      'factory.ts': program("() => { throw new Error('no key'); }"),
      'value.wrong.ts': program(
        '(place) => { const made = brought.driver(place); return { ...made, observe: async (...given) => { ' +
          'const region = await made.observe(...given); ' +
          'return { ...region, subnets: region.subnets.map((one) => ({ ...one, zone: 1 })) }; } }; }',
      ),
    });
    const of = async (...argv: string[]) => (await run([...argv, '--debug'], { cwd })).err;
    expect(await of('plan', '--cloud', 'factory.ts')).toMatch(
      /error BAD_DRIVER: the function driver of tunnel failed: no key[^]*factory\.ts:/,
    );
    // An answer whose lists are there, and a value of it is not.
    expect(await of('check', '--cloud', 'value.wrong.ts')).toMatch(
      /error BAD_DRIVER: the driver of tunnel answered `observe` with a wrong value: subnets\[0\]\.zone: /,
    );
  });

  it.each<[string, string, string]>([
    ['no cloud', 'export default { cloud: {} };', 'the default export is not { cloud, driver }'],
    [
      'a name that another cloud has',
      "import { cloud } from '@postern/aws/cloud';\nexport default { cloud, driver: () => {} };",
      'two clouds of this set are named aws',
    ],
    [
      'a value that lacks a member',
      "import { cloud } from './value.js';\nconst { settings: _, ...pipe } = cloud.links['tunnel'];\n" +
        'export default { cloud: { ...cloud, links: { tunnel: pipe } }, driver: () => {} };',
      'links.tunnel.settings is missing in the value of the cloud',
    ],
    ['a program that fails', "throw new Error('broken');", 'the program failed during loading: broken'],
  ])('is refused with its file: %s', async (_, program, message) => {
    const cwd = copy({ 'wrong.ts': program });
    const { err, status } = await run(['validate', '--cloud', 'wrong.ts'], { cwd });
    expect(status).toBeGreaterThan(1);
    expect(err).toContain(message);
    expect(err).toContain('wrong.ts');
  });
});
