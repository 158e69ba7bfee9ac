import { simulate } from '@postern/testing';
import { describeConformance, simulatorFaults } from '@postern/testing/conformance';
import { aws } from '../src/index.js';
import { buildWorld, FAULT_CALLS } from './conformance-world.js';

const REGION = 'eu-west-1';

describeConformance('aws', async () => {
  const simulation = simulate({ seed: 7, clock: 'auto' });
  const world = await buildWorld(simulation, REGION);
  const server = await simulation.listen();
  return {
    driver: aws({
      region: REGION,
      endpoint: server.url,
      credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
    }),
    world,
    clock: simulation.clock,
    faults: simulatorFaults(simulation, FAULT_CALLS),
    calls: () => simulation.journal().length,
    facts: {
      targetsAreResources:
        'an integration names its listener or Cloud Map service by ARN, and nothing is made of it ' +
        '(https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html)',
    },
    close: () => server.close(),
  };
});
