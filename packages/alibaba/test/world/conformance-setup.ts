import { type AlibabaWorld, apisOf, buildWorld, caller, FAULT_CALLS } from './conformance-world.js';
import { simulate, type SimulateOptions, type Simulation } from '@postern/simulator';
import { simulatorFaults, type ConformanceSetup } from '@postern/testing/internal/conformance';
import { alibaba, type AlibabaDriver, type AlibabaOptions } from '../../src/index.js';
import { isInProcess } from '../../../testing/test/adapters/in-process.js';
import { killedApi } from './killed-api.js';

export const REGION = 'cn-hangzhou';
export const KEYS = { accessKeyId: 'LTAIPOSTERNEXAMPLE', accessKeySecret: 'postern-example-secret' } as const;

interface Options {
  /** Of the client of the driver. */
  readonly client?: ((endpoint: string) => AlibabaOptions) | undefined;
  /** Of the suite; see {@link isInProcess}. */
  readonly family?: string | undefined;
  readonly simulated?: SimulateOptions | undefined;
}

/** The driver in front of a simulated Alibaba Cloud that nothing else uses. */
export async function setUp({ client, family, simulated }: Options = {}): Promise<
  ConformanceSetup & { readonly simulation: Simulation; readonly driver: AlibabaDriver; readonly world: AlibabaWorld }
> {
  const keys = { [KEYS.accessKeyId]: KEYS.accessKeySecret };
  const simulation = simulate({ seed: 7, clock: 'auto', verifySignatures: { keys }, ...simulated });
  const world = await buildWorld(simulation, REGION);
  const second = caller(simulation, REGION)('CloudAPI', 'CreateApiGroup', { GroupName: 'second' });
  const server = isInProcess(family) ? undefined : await simulation.listen();
  const driver = (endpoint: string) => alibaba({ region: REGION, endpoint, ...KEYS, ...client?.(endpoint) });
  const process = (killedAt = Infinity, when: 'before' | 'after' = 'after') =>
    alibaba({ region: REGION, api: killedApi(simulation.alibaba(REGION), killedAt, when) });
  return {
    simulation,
    driver: server === undefined ? process() : driver(server.url),
    // Port 1 of this machine: reserved, and not in use.
    unreachable: driver('http://127.0.0.1:1'),
    world: {
      ...world,
      gateway: { ...world.gateway, ref: { ...world.gateway.ref, stages: ['RELEASE'] } },
      secondGateway: { apiGroup: second.GroupId, stages: ['RELEASE'] },
    },
    clock: simulation.clock,
    faults: simulatorFaults(simulation, FAULT_CALLS),
    calls: () => simulation.journal().length,
    process,
    state: () => apisOf(simulation, world.gateway.id),
    facts: {
      allowlistGroups:
        'accessible blocks are added to an instance that exists ' +
        '(https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances)',
      stages:
        'each API is published by itself, by the same step that changes it ' +
        '(https://help.aliyun.com/document_detail/43611.html, DeployApi)',
    },
    close: () => server?.close(),
  };
}
