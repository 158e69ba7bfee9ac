import { RETRY_POLICY } from '@postern/core/adapter';
import { simulate, type SimulateOptions, type Simulation } from '@postern/simulator';
import { simulatorFaults, simulatorWrites, type ConformanceSetup } from '@postern/testing/conformance';
import { isInProcess } from '../../../testing/test/adapters/in-process.js';
import { aws } from '../../src/index.js';
import { killedClients } from './killed-clients.js';
import { buildWorld, FAULT_CALLS, QUOTAS, REST_ROUTE_CALLS } from './conformance-world.js';

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

/** What `createOnce` sends: each may have had an effect, so it looks in between. */
const CREATE = { code: 'THROTTLED', calls: 6, ms: 600_000 } as const;
const REPEATED = { code: 'THROTTLED', calls: RETRY_POLICY.attempts, ms: RETRY_POLICY.totalMs } as const;
const GROUP_AND_LINK: ConformanceSetup['throttled'] = {
  // EC2 throttles with 503, after which the group may exist: each of six tries looks, and creates it once more.
  'prepare allowlist': { ...CREATE, calls: 12, code: 'OUTCOME_UNKNOWN' },
  'create link': CREATE,
};

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
      targetsAreResources:
        'an integration names its listener or Cloud Map service by ARN, and nothing is made of it ' +
        '(https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html)',
    },
    made: simulatorWrites(simulation),
  };
}

type Setup = ConformanceSetup & { readonly simulation: Simulation };

/**
 * The driver in front of a simulated AWS that nothing else uses. Runs make many calls: they are in one process, where time advances without
 * a pause. So are other families in `npm test`, unless they are about the wire; `npm run prove` has them over HTTP.
 */
export async function setUp(family?: string, options: SimulateOptions = {}): Promise<Setup> {
  const { made, ...shared } = await common(options);
  const { simulation, world, process } = shared;
  const server = isInProcess(family) ? undefined : await simulation.listen();
  return {
    ...shared,
    driver: server === undefined ? process() : driver(server.url),
    // Port 1 of this machine: reserved, and not in use.
    unreachable: driver('http://127.0.0.1:1'),
    faults: simulatorFaults(simulation, FAULT_CALLS),
    throttled: { ...GROUP_AND_LINK, 'create integration': CREATE, 'create route': REPEATED, deploy: CREATE },
    writes: {
      made,
      due: {
        'complete marks': ['CreateDeployment', 'TagResource', 'UpdateIntegration'],
        forget: ['DeleteTags', 'UntagResource', 'UpdateDeployment', 'UpdateIntegration', 'UpdateIntegration'],
        'move link': ['CreateTags', 'TagResource'],
        'move integration': ['UpdateIntegration'],
      },
    },
    state: () =>
      ['GetRoutes', 'GetIntegrations', 'GetDeployments', 'GetStages'].map((operation) =>
        simulation.call({ service: 'apigatewayv2', operation, region: REGION }, { ApiId: world.gateway.id }),
      ),
    close: () => server?.close(),
  };
}

/** The same for a REST API, in one process. */
export async function setUpRestApi(_family?: string, options: SimulateOptions = {}): Promise<Setup> {
  const { made, ...shared } = await common(options);
  const rest = (operation: string, input: Readonly<Record<string, unknown>>): any =>
    shared.simulation.call({ service: 'apigateway', operation, region: REGION }, input);
  const restApi: string = rest('CreateRestApi', { name: 'shop', endpointConfiguration: { types: ['REGIONAL'] } }).id;
  return {
    ...shared,
    driver: shared.process(),
    kinds: { link: 'vpc-link-v2', gateway: 'rest-api' },
    world: { ...shared.world, gateway: { id: restApi, ref: { restApi, stage: 'prod' } } },
    faults: simulatorFaults(shared.simulation, { ...FAULT_CALLS, ...REST_ROUTE_CALLS }),
    throttled: { ...GROUP_AND_LINK, 'create route': REPEATED, 'create integration': REPEATED, deploy: CREATE },
    writes: {
      made,
      due: {
        'complete marks': ['CreateDeployment', 'TagResource', 'TagResource', 'UpdateMethod'],
        forget: ['DeleteTags', 'UntagResource', 'UntagResource', 'UpdateMethod', 'UpdateMethod'],
        'move link': ['CreateTags', 'TagResource'],
        'move integration': ['UpdateMethod', 'UpdateMethod'],
      },
    },
    state: () => [
      rest('GetResources', { restApiId: restApi, embed: ['methods'] }),
      rest('GetStages', { restApiId: restApi }),
    ],
  };
}
