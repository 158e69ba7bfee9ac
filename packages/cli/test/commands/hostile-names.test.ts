import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { cloud, folder, network, run, specOf, type Network } from '../run-command.js';

/** Azure Pipelines and older GitHub runners read the first anywhere in a line, GitHub's runner the second at its start. */
const COMMAND = '##vso[task.setvariable variable=PATH;isOutput=true]/evil';
const STOP = '\u3000::stop-commands::x';

/** A region whose link and APIs are named like commands of a CI system. */
async function scene() {
  const server = await cloud();
  const there = await network(server);
  const { apiGatewayV2 } = server.simulation.clients('eu-west-1');
  const { VpcLinkId = '' } = await apiGatewayV2.createVpcLink({ Name: COMMAND, SubnetIds: [...there.subnets] });
  await apiGatewayV2.updateApi({ ApiId: there.api, Name: STOP });
  await server.simulation.advance(600_000);
  await uses(server, there, VpcLinkId);
  const cwd = folder({ 'postern.yaml': specOf(there) });
  return { id: VpcLinkId, postern: (...argv: string[]) => run(argv, { cwd, env: { POSTERN_SIMULATOR: server.url } }) };
}

async function uses(
  server: Awaited<ReturnType<typeof cloud>>,
  { api, listener }: Network,
  link: string,
): Promise<void> {
  const { apiGatewayV2 } = server.simulation.clients('eu-west-1');
  const { IntegrationId } = await apiGatewayV2.createIntegration({
    ApiId: api,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    ConnectionType: 'VPC_LINK',
    ConnectionId: link,
    IntegrationUri: listener,
    PayloadFormatVersion: '1.0',
    Description: COMMAND,
  });
  await apiGatewayV2.createRoute({ ApiId: api, RouteKey: 'GET /x', Target: `integrations/${IntegrationId}` });
}

describe('names of a cloud that are commands of a CI system', () => {
  it('are escaped in the JSON of every command, which says the same', async () => {
    const { id, postern } = await scene();
    const place = ['--provider', 'aws', '--region', 'eu-west-1'];
    const snapshot = await postern('snapshot', ...place);
    expect((await postern('snapshot', ...place, '-o', 'a.json')).status).toBe(0);
    const printed = {
      snapshot,
      links: await postern('links', ...place, '--json'),
      uses: await postern('links', id, '--uses', ...place, '--json'),
      import: await postern('import', ...place, '--json'),
      quotas: await postern('quotas', ...place, '--json'),
      graph: await postern('graph', '--snapshot', 'a.json', '--json'),
      diff: await postern('snapshot', 'diff', 'a.json', 'a.json', '--json'),
      plan: await postern('plan', '--json'),
      egress: await postern('egress', id, ...place, '--json'),
      allow: await postern('allow', id, '--list', ...place, '--json'),
      check: await postern('check', '--snapshot', 'a.json', '--json'),
      explain: await postern('explain', 'orders', '--snapshot', 'a.json', '--json'),
    };
    for (const [command, { out, status, err }] of Object.entries(printed)) {
      expect(status, `${command}: ${err}`).toBe(['check', 'explain'].includes(command) ? 3 : 0);
      expect(out, command).not.toMatch(/##\w*\[/);
      expect(() => JSON.parse(out), command).not.toThrow();
    }
    for (const command of ['snapshot', 'links', 'uses', 'import'] as const)
      expect(JSON.stringify(JSON.parse(printed[command].out)), command).toContain(COMMAND);
  });

  it.runIf(PROVE)('do not begin a line of a text, after whatever white space', async () => {
    const { postern } = await scene();
    for (const argv of [['check'], ['plan'], ['explain', 'orders'], ['import'], ['links'], ['graph']]) {
      const { out, err } = await postern(...argv, ...(argv[0] === 'import' ? ['--region', 'eu-west-1'] : []));
      const lines = `${out}\n${err}`.split('\n');
      expect(
        lines.filter((line) => /^\s*::[A-Za-z]/.test(line)),
        argv[0],
      ).toEqual([]);
      if (argv[0] !== 'import')
        expect(
          lines.filter((line) => /##\w*\[/.test(line)),
          argv[0],
        ).toEqual([]);
    }
  });
});
