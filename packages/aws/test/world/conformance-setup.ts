import { simulate } from '@postern/simulator';
import { simulatorFaults, simulatorWrites, type ConformanceSetup } from '@postern/testing/conformance';
import { aws } from '../../src/index.js';
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

/** The driver in front of a simulated AWS that nothing else uses. */
export async function setUp(): Promise<ConformanceSetup> {
  const simulation = simulate({ seed: 7, clock: 'auto', quotas: QUOTAS });
  const world = await buildWorld(simulation, REGION);
  const server = await simulation.listen();
  return {
    driver: driver(server.url),
    // Port 1 of this machine: reserved, and not in use.
    unreachable: driver('http://127.0.0.1:1'),
    world,
    clock: simulation.clock,
    faults: simulatorFaults(simulation, FAULT_CALLS),
    calls: () => simulation.journal().length,
    writes: {
      made: simulatorWrites(simulation),
      due: { 'complete marks': ['CreateDeployment', 'TagResource', 'UpdateIntegration'] },
    },
    facts: {
      targetsAreResources:
        'an integration names its listener or Cloud Map service by ARN, and nothing is made of it ' +
        '(https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html)',
    },
    close: () => server.close(),
  };
}
