import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Io } from '../../src/process/io.js';
import { loadDriver } from '../../src/session/load-driver.js';
import { folder, run } from '../run-command.js';
import { copyOfOwnCloud as copy, OWN_CLOUD as EXAMPLE } from './copy-of-own-cloud.js';

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

  it.each<[string, string, ...string[]]>([
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

  it('says that its driver failed, not that Postern has a defect', async () => {
    const program = (driver: string) =>
      `import brought from './cloud.ts';\nexport default { ...brought, driver: ${driver} };`;
    const cwd = copy({
      'getter.ts': "export default { get cloud() { throw new Error('no cloud'); } };",
      'factory.ts': program("() => { throw new Error('no key'); }"),
      'value.wrong.ts': program(
        '(place) => { const made = brought.driver(place); return { ...made, observe: async (...given) => { ' +
          'const region = await made.observe(...given); ' +
          'return { ...region, subnets: region.subnets.map((one) => ({ ...one, zone: 1 })) }; } }; }',
      ),
    });
    const of = async (...argv: string[]) => (await run([...argv, '--debug'], { cwd })).err;
    expect(await of('plan', '--cloud', 'getter.ts')).toMatch(
      /error FILE_UNREADABLE: --cloud getter\.ts: what it exports cannot be read: no cloud\n {2}getter\.ts:1\n/,
    );
    expect(await of('plan', '--cloud', 'factory.ts')).toMatch(
      /error BAD_DRIVER: the function driver of tunnel failed: no key[^]*factory\.ts:/,
    );
    // An answer whose lists are there, and a value of it is not.
    expect(await of('check', '--cloud', 'value.wrong.ts')).toMatch(
      /error BAD_DRIVER: the driver of tunnel answered `observe` with a wrong value: subnets\[0\]\.zone: /,
    );
  });
});
