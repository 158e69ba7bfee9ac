import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { SimulationServer } from '@postern/simulator';
import { expect, it } from 'vitest';
import { folder, run } from '../run-command.js';
import { WORLDS } from '../transcripts/worlds.js';

type Row = Readonly<Record<string, any>>;

/** Values that the cloud has, and commands that are run in the world one after the other. */
interface Planted {
  readonly values: readonly string[];
  readonly commands: readonly string[];
}

const VARIABLE = 'planted-variable-8Q2x';
const CONSTANT = 'planted-constant-8Q2x';
const KEY = 'planted-key-8Q2x-0123456789';
const NOTE = 'planted-description-8Q2x';

const replace = (at: string, value: string) => ({ op: 'replace', path: at, value });

/** A command in each line. */
const linesOf = (text: string): readonly string[] => text.split('\n').flatMap((line) => line.trim() || []);

/** Commands that read, plan and apply a spec of what exists, in each form of their output. */
const OF_A_SPEC = linesOf(`
  import --region eu-west-1 --adopt -o postern.yaml
  import --region eu-west-1 --json
  snapshot --spec postern.yaml -o now.json
  snapshot diff now.json now.json
  check
  check --json
  check --sarif
  check --junit
  check --report md=check.md
  graph --live --format html -o graph.html
  graph --format svg
  plan
  plan --json
  plan -o plan.json
  apply --yes
  apply --yes --json
  log
  log --json
  list
  list --json
  gateways
  gateways --json
  links
  links --json
  quotas --json
  probe --json
  export terraform
  rehearse apply --snapshot now.json
  doctor`);

/** A stage of a REST API. */
async function restStage({ simulation }: SimulationServer): Promise<Planted> {
  const rest = (operation: string, input: Row = {}): Row =>
    simulation.call({ service: 'apigateway', operation, region: 'eu-west-1' }, { ...input }) as Row;
  const [{ id: restApiId }] = rest('GetRestApis')['items'];
  const { items } = rest('GetResources', { restApiId });
  const { id: resourceId } = items.find((one: Row) => one['path'] === '/health');
  const header = '/requestParameters/integration.request.header.x-api-key';
  const patchOperations = [{ op: 'add', path: header, value: `'${CONSTANT}'` }];
  rest('UpdateIntegration', { restApiId, resourceId, httpMethod: 'GET', patchOperations });
  rest('CreateDeployment', { restApiId, stageName: 'prod' });
  rest('UpdateStage', {
    restApiId,
    stageName: 'prod',
    patchOperations: [
      replace('/variables/dbpassword', VARIABLE),
      replace('/variables/color', 'blue'),
      replace('/description', NOTE),
    ],
  });
  rest('CreateApiKey', { name: 'caller', value: KEY, enabled: true });
  await simulation.advance(60_000);
  const shift = 'shift run store --stage prod --variable color=green --interval 5s --drain 0s --yes';
  return {
    values: [VARIABLE, CONSTANT, KEY, NOTE],
    commands: OF_A_SPEC.concat(
      linesOf(`
        explain store
        explain store --json
        shift plan store --stage prod --variable color=green --json
        ${shift} --steps 50,100
        shift status
        shift status --json
        shift abort --yes --json
        ${shift} --steps 100 --json
        shift promote --yes --json
        destroy --yes --json`),
    ),
  };
}

/** The stage and an integration of an HTTP API. */
async function httpApi({ simulation }: SimulationServer): Promise<Planted> {
  const call = (operation: string, input: Row = {}): Row =>
    simulation.call({ service: 'apigatewayv2', operation, region: 'eu-west-1' }, { ...input }) as Row;
  const [{ ApiId }] = call('GetApis')['Items'];
  const [{ StageName }] = call('GetStages', { ApiId })['Items'];
  call('UpdateStage', { ApiId, StageName, StageVariables: { dbpassword: VARIABLE }, Description: NOTE });
  for (const { IntegrationId } of call('GetIntegrations', { ApiId })['Items'])
    call('UpdateIntegration', { ApiId, IntegrationId, RequestParameters: { 'overwrite:header.x-api-key': CONSTANT } });
  await simulation.advance(60_000);
  return { values: [VARIABLE, CONSTANT, NOTE], commands: OF_A_SPEC.concat('destroy --yes --json') };
}

const PLANTED: Readonly<Record<string, (server: SimulationServer) => Promise<Planted>>> = {
  'existing-rest': restStage,
  'existing-aws': httpApi,
};

/** The files of a folder, with their texts. */
function filesOf(cwd: string): readonly (readonly [name: string, text: string])[] {
  return readdirSync(cwd, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(path.join(cwd, name)).isFile())
    .map((name) => [name, readFileSync(path.join(cwd, name), 'utf8')] as const);
}

it.each(Object.entries(PLANTED))(
  'what the cloud of %s has and nobody declared reaches no screen, record, journal or file',
  async (name, plant) => {
    const cwd = folder();
    const server = await (WORLDS[name] as NonNullable<(typeof WORLDS)[string]>)(cwd, {});
    const { values, commands } = await plant(server);
    const found = new Set<string>();
    for (const command of commands) {
      const { out, err, status } = await run(command.split(' '), { cwd, env: { POSTERN_SIMULATOR: server.url } });
      expect(status, `${command}: ${err}`).not.toBe(64); // a wrong command shows nothing
      for (const [where, text] of [[command, `${out}${err}`] as const, ...filesOf(cwd)])
        for (const value of values) if (text.includes(value)) found.add(`${where}: ${value}`);
    }
    expect([...found]).toEqual([]);
    expect(filesOf(cwd).some(([file]) => file.startsWith('.postern'))).toBe(true);
  },
);
