import { simulate } from '@postern/simulator';
import { simulatorFaults, simulatorWrites, type ConformanceSetup } from '@postern/testing/conformance';
import { aws } from '../../src/index.js';
import { killedClients } from './killed-clients.js';
import { buildWorld, FAULT_CALLS, QUOTAS } from './conformance-world.js';

const REGION = 'eu-west-1';

const driver = (endpoint: string) =>
  aws({
    region: REGION,
    endpoint,
    credentials: {
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    },
  });

/** The driver in front of a simulated AWS that nothing else uses; in one process for runs, which make many calls. */
export async function setUp(family?: string): Promise<ConformanceSetup> {
  const simulation = simulate({ seed: 7, clock: 'auto', quotas: QUOTAS });
  const world = await buildWorld(simulation, REGION);
  const server = await simulation.listen();
  return {
    driver: family === 'apply' ? aws({ region: REGION, clients: simulation.clients(REGION) }) : driver(server.url),
    // Port 1 of this machine: reserved, and not in use.
    unreachable: driver('http://127.0.0.1:1'),
    world,
    clock: simulation.clock,
    faults: simulatorFaults(simulation, FAULT_CALLS),
    calls: () => simulation.journal().length,
    writes: {
      made: simulatorWrites(simulation),
      due: {
        'complete marks': ['CreateDeployment', 'TagResource', 'UpdateIntegration'],
        forget: ['DeleteTags', 'UntagResource', 'UpdateDeployment', 'UpdateIntegration', 'UpdateIntegration'],
      },
    },
    killed: (at) => aws({ region: REGION, clients: killedClients(simulation.clients(REGION), at, 'after') }),
    state: () =>
      ['GetRoutes', 'GetIntegrations', 'GetDeployments', 'GetStages'].map((operation) =>
        simulation.call({ service: 'apigatewayv2', operation, region: REGION }, { ApiId: world.gateway.id }),
      ),
    facts: {
      targetsAreResources:
        'an integration names its listener or Cloud Map service by ARN, and nothing is made of it ' +
        '(https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html)',
    },
    close: () => server.close(),
  };
}

/** The same for a REST API, in one process. */
export async function setUpRestApi(): Promise<ConformanceSetup> {
  const simulation = simulate({ seed: 7, clock: 'auto', throttle: false });
  const world = await buildWorld(simulation, REGION);
  const rest = (operation: string, input: Readonly<Record<string, unknown>>): any =>
    simulation.call({ service: 'apigateway', operation, region: REGION }, input);
  const restApi: string = rest('CreateRestApi', { name: 'shop', endpointConfiguration: { types: ['REGIONAL'] } }).id;
  const clients = () => simulation.clients(REGION);
  return {
    driver: aws({ region: REGION, clients: clients() }),
    kinds: { link: 'vpc-link-v2', gateway: 'rest-api' },
    world: { ...world, gateway: { id: restApi, ref: { restApi, stage: 'prod' } } },
    clock: simulation.clock,
    writes: {
      made: simulatorWrites(simulation),
      due: {
        'complete marks': ['CreateDeployment', 'TagResource', 'TagResource', 'UpdateMethod'],
        forget: ['DeleteTags', 'UntagResource', 'UntagResource', 'UpdateMethod', 'UpdateMethod'],
      },
    },
    killed: (at) => aws({ region: REGION, clients: killedClients(clients(), at, 'after') }),
    state: () => [
      rest('GetResources', { restApiId: restApi, embed: ['methods'] }),
      rest('GetStages', { restApiId: restApi }),
    ],
  };
}
