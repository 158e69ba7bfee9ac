import { type AwsWorld, buildWorld, FAULT_CALLS, QUOTAS, REST_ROUTE_CALLS } from './conformance-world.js';
import { simulate, type SimulateOptions, type Simulation } from '@postern/simulator';
import { simulatorFaults, type ConformanceSetup } from '@postern/testing/internal/conformance';
import { isInProcess } from '../../../testing/test/adapters/in-process.js';
import { aws, type AwsDriver } from '../../src/index.js';
import { killedClients } from './killed-clients.js';

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

/** What both kinds of gateway have in common. */
async function common(options: SimulateOptions) {
  const simulation = simulate({ seed: 7, clock: 'auto', quotas: QUOTAS, ...options });
  const process = (killedAt = Infinity, when: 'before' | 'after' = 'after') =>
    aws({ region: REGION, clients: killedClients(simulation.clients(REGION), killedAt, when) });
  return {
    simulation,
    world: await buildWorld(simulation, REGION),
    clock: simulation.clock,
    calls: () => simulation.journal().length,
    process,
    facts: {
      targetResources:
        'an integration names its listener or Cloud Map service by ARN, and nothing is made of it ' +
        '(https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html)',
    },
  };
}

type Setup = ConformanceSetup & {
  readonly simulation: Simulation;
  readonly driver: AwsDriver;
  readonly world: AwsWorld;
};

/**
 * The driver in front of a simulated AWS that nothing else uses. Runs make many calls: they are in one process, where time advances without
 * a pause. So are other families in `npm test`, unless they are about the wire; `npm run prove` has them over HTTP.
 */
export async function setUp(family?: string, options: SimulateOptions = {}): Promise<Setup> {
  const shared = await common(options);
  const { simulation, world, process } = shared;
  const server = isInProcess(family) ? undefined : await simulation.listen();
  return {
    ...shared,
    driver: server === undefined ? process() : driver(server.url),
    // Port 1 of this machine: reserved, and not in use.
    unreachable: driver('http://127.0.0.1:1'),
    faults: simulatorFaults(simulation, FAULT_CALLS),
    state: () =>
      ['GetRoutes', 'GetIntegrations', 'GetDeployments', 'GetStages'].map((operation) =>
        simulation.call({ service: 'apigatewayv2', operation, region: REGION }, { ApiId: world.gateway.id }),
      ),
    close: () => server?.close(),
  };
}

/** The same for a REST API, in one process. */
export async function setUpRestApi(_family?: string, options: SimulateOptions = {}): Promise<Setup> {
  const shared = await common(options);
  const rest = (operation: string, input: Readonly<Record<string, unknown>>): any =>
    shared.simulation.call({ service: 'apigateway', operation, region: REGION }, input);
  const restApi: string = rest('CreateRestApi', { name: 'shop', endpointConfiguration: { types: ['REGIONAL'] } }).id;
  return {
    ...shared,
    driver: shared.process(),
    kinds: { link: 'vpc-link-v2', gateway: 'rest-api' },
    world: { ...shared.world, gateway: { id: restApi, ref: { restApi, stage: 'prod' } } },
    faults: simulatorFaults(shared.simulation, { ...FAULT_CALLS, ...REST_ROUTE_CALLS }),
    state: () => [
      rest('GetResources', { restApiId: restApi, embed: ['methods'] }),
      rest('GetStages', { restApiId: restApi }),
    ],
  };
}
