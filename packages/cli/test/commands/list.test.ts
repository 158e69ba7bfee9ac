import { describe, expect, it } from 'vitest';
import { PROVE, sample } from '../../../core/test/runs.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

interface Row {
  readonly kind: string;
  readonly name: string;
  readonly state?: string;
  readonly declared: boolean;
}

/** A spec that is applied, and then replaced by another one. */
async function applied() {
  const server = await cloud();
  const there = await network(server);
  const spec = specOf(there).replace('project: shop', 'project: shop\nspec: shop-7f3k2q');
  const cwd = folder({
    'postern.yaml': spec,
    'other.yaml': spec.replace('shop-7f3k2q', 'pay-1a2b3c'),
    'less.yaml': spec.replace(/integrations:[^]*/, 'integrations: {}\n'),
    'renamed.yaml': spec
      .replace('  main:', '  eu:')
      .replace('link: main', 'link: eu')
      .concat('moved: [{ from: links.main, to: links.eu }]\n'),
  });
  const env = { POSTERN_SIMULATOR: server.url };
  const postern = (...argv: string[]) => run(argv, { cwd, env });
  expect((await postern('apply', '--yes')).status).toBe(0);
  return { server, there, postern, cwd, env };
}

describe('list', () => {
  it.runIf(PROVE)('shows what the spec owns, also what it no longer declares', async () => {
    const { there, postern, cwd, env } = await applied();
    const rows = async (...argv: string[]): Promise<string[]> => {
      const { out } = await postern('list', '--json', ...argv);
      const { owned } = JSON.parse(out) as { owned: Row[] };
      return owned.map(({ kind, name, state, declared }) => `${kind} ${name} ${state ?? '-'} ${declared}`);
    };
    expect(await rows()).toEqual(['link main ready true', 'allowlist main used true', 'route orders $default true']);
    expect(await rows('less.yaml', '--undeclared')).toEqual(['route orders $default false']);
    expect(await rows('renamed.yaml')).toContain('link eu ready true');
    expect(await rows('other.yaml')).toEqual([]);
    const { status, out } = await postern('list', 'less.yaml');
    expect(status).toBe(0);
    expect(out).toMatch(/^KIND +NAME +STATE +DECLARED +ID +WHERE\nlink +main +ready +yes +\w+ +aws eu-west-1\n/);
    expect(out).toMatch(
      new RegExp(`^route +orders +\\$default +no +\\w+ +aws eu-west-1 ${there.api} \\(orders\\): ANY /orders$`, 'm'),
    );
    const narrow = await run(['list'], { cwd, env, columns: 60 });
    expect(Math.max(...narrow.out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(60);
    expect((await postern('list', 'other.yaml')).out).toBe(
      'Project shop (pay-1a2b3c) owns no resource in aws eu-west-1.\n',
    );
  });

  it.runIf(PROVE)('shows integrations that no route uses, and routes that no stage has', async () => {
    const { server, there, postern } = await applied();
    const { apiGatewayV2 } = server.simulation.clients('eu-west-1');
    await apiGatewayV2.updateStage({ ApiId: there.api, StageName: '$default', AutoDeploy: false });
    const owned = async () =>
      JSON.parse((await postern('list', '--query', 'owned[].[kind,name,state,declared]')).out) as unknown;
    expect(await owned()).toContainEqual(['route', 'orders', '$default', true]);
    const { Items = [] } = await apiGatewayV2.getRoutes({ ApiId: there.api });
    await apiGatewayV2.deleteRoute({ ApiId: there.api, RouteId: Items[0]?.RouteId });
    expect(await owned()).toContainEqual(['integration', 'orders', 'no route uses it', false]);
  });

  it.each(
    sample(
      [
        ['GetVpcLinks', /note: could not be read: .*GetVpcLinks returned PERMISSION_DENIED/, 0],
        ['GetCallerIdentity', /error PERMISSION_DENIED: /, 1],
      ],
      2,
    ),
  )('says what could not be read: %s', async (operation, message, status) => {
    const { server, postern } = await applied();
    server.simulation.faults.add({ operation, kind: 'deny' });
    expect(await postern('list')).toMatchObject({ status, err: expect.stringMatching(message) });
  });
});

describe('gateways', () => {
  it('shows every gateway of a region, with its stages and number of routes', async () => {
    const { server, there, postern } = await applied();
    const { apiGatewayV2 } = server.simulation.clients('eu-west-1');
    const { ApiId: chat = '' } = await apiGatewayV2.createApi({
      Name: 'chat',
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    });
    const { status, out } = await postern('gateways', '--region', 'eu-west-1');
    expect(status).toBe(0);
    expect(out).toMatch(/^ID +NAME +KIND +CLOUD +REGION +ROUTES +STAGES\n/);
    expect(out).toMatch(new RegExp(`^${chat} +chat +websocket-api +aws +eu-west-1 +0$`, 'm'));
    expect(out).toMatch(new RegExp(`^${there.api} +orders +http-api +aws +eu-west-1 +1 +\\$default$`, 'm'));
    const selected = await postern('gateways', '--query', 'gateways[].[name,routes,stages]');
    expect(JSON.parse(selected.out)).toEqual([
      ['chat', 0, []],
      ['orders', 1, ['$default']],
    ]);
    expect((await postern('gateways', '--region', 'eu-north-1')).out).toBe(
      'No gateways in aws eu-north-1 of account 111122223333.\n',
    );
  });

  it('is the remedy for an ID that no gateway has', async () => {
    const server = await cloud();
    const there = await network(server);
    const cwd = folder({ 'postern.yaml': specOf({ ...there, api: 'zzzzzzzzzz' }) });
    const { status, err } = await run(['plan'], { cwd, env: { POSTERN_SIMULATOR: server.url } });
    expect(status).toBe(1);
    expect(err).toContain('`postern gateways --provider aws --region eu-west-1` lists them');
  });
});
