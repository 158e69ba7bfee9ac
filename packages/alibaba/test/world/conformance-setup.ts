import { simulate, type Simulation } from '@postern/simulator';
import { simulatorFaults, simulatorWrites, type ConformanceSetup } from '@postern/testing/conformance';
import { alibaba, type AlibabaOptions } from '../../src/index.js';
import { killedApi } from './killed-api.js';
import { apisOf, buildWorld, caller, FAULT_CALLS } from './conformance-world.js';

export const REGION = 'cn-hangzhou';
export const KEYS = { accessKeyId: 'LTAIPOSTERNEXAMPLE', accessKeySecret: 'postern-example-secret' } as const;

/** The driver in front of a simulated Alibaba Cloud that nothing else uses; `more` may give it another client. In one process
 * for runs, which make many calls. */
export async function setUp(
  more: (endpoint: string, simulation: Simulation) => AlibabaOptions = () => ({}),
  family?: string,
): Promise<ConformanceSetup> {
  const keys = { [KEYS.accessKeyId]: KEYS.accessKeySecret };
  const simulation = simulate({ seed: 7, clock: 'auto', verifySignatures: { keys } });
  const world = await buildWorld(simulation, REGION);
  const second = caller(simulation, REGION)('CloudAPI', 'CreateApiGroup', { GroupName: 'second' });
  const server = await simulation.listen();
  const driver = (endpoint: string) => alibaba({ region: REGION, endpoint, ...KEYS, ...more(endpoint, simulation) });
  return {
    driver: family === 'apply' ? alibaba({ region: REGION, api: simulation.alibaba(REGION) }) : driver(server.url),
    // Port 1 of this machine: reserved, and not in use.
    unreachable: driver('http://127.0.0.1:1'),
    world: { ...world, secondGateway: { apiGroup: second.GroupId } },
    clock: simulation.clock,
    faults: simulatorFaults(simulation, FAULT_CALLS),
    calls: () => simulation.journal().length,
    writes: {
      made: simulatorWrites(simulation),
      due: {
        'complete marks': ['DeployApi', 'ModifyApi', 'TagResources'],
        forget: ['ModifyApi', 'ModifyApi', 'UntagResources'],
      },
    },
    killed: (at) => alibaba({ region: REGION, api: killedApi(simulation.alibaba(REGION), at, 'after') }),
    state: () => apisOf(simulation, world.gateway.id),
    facts: {
      allowlistNeedsCreation:
        'accessible blocks are added to an instance that exists ' +
        '(https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances)',
      routesNeedDeployment:
        'each API is published by itself, by the same step that changes it ' +
        '(https://help.aliyun.com/document_detail/43611.html, DeployApi)',
    },
    close: () => server.close(),
  };
}
