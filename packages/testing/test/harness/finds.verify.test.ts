import { gatewayIdsBy } from '@postern/core/internal/kinds';
import { PosternError, type Driver, type Drivers, type Scope } from '@postern/core/internal/library';
import { expect, it } from 'vitest';
import type { Simulation } from '@postern/simulator';
import {
  failureText,
  fuzz,
  prepare,
  replay,
  type Built,
  type Scenario,
  type VirtualProcess,
} from '../../src/internal/harness.js';
import { shrink } from '../../src/harness/fuzz.js';
import { parseTrace, traceText } from '../../src/harness/trace.js';
import { AWS_SCENARIOS } from './scenarios/aws/index.js';
import { PROVE } from '../../../core/test/runs.js';

/** A scenario in which somebody deletes a route by hand, and `breaks` says whether calls may be lost by it. */
function withDeletedRoute(breaks: boolean): Scenario {
  const scenario = AWS_SCENARIOS.find(({ name }) => name === 'aws: replace a link');
  if (scenario === undefined) throw new Error('the scenario does not exist');
  const build = async (simulation: Simulation): Promise<Built> => {
    const { specs, edits } = await scenario.build(simulation);
    const edit = edits?.['delete-route'];
    if (edit === undefined) throw new Error('the edit does not exist');
    return { specs, edits: { 'delete-route': { ...edit, breaks } } };
  };
  return { ...scenario, build };
}

/** Writes a mark of the project `rival` on the integrations of an HTTP API that have one of another project. */
async function takeOver(process: VirtualProcess, region: string, { gateways = [] }: Scope): Promise<void> {
  const { apiGatewayV2 } = process.clients(region);
  for (const ApiId of gatewayIdsBy('httpApi', gateways)) {
    const { Items = [] } = await apiGatewayV2.getIntegrations({ ApiId });
    for (const { IntegrationId, Description = '' } of Items) {
      const taken = Description.replace('postern:shop@shop-7f3k2q', 'postern:rival@rival-1a2b3c');
      if (taken !== Description) await apiGatewayV2.updateIntegration({ ApiId, IntegrationId, Description: taken });
    }
  }
}

it('finds lost calls, shrinks the trace to what lost them, and the line shows it again', async () => {
  const { failures } = await fuzz([withDeletedRoute(false)], { first: 39, seeds: 80, mostFailures: 1 });
  const [failure] = failures;
  if (failure === undefined) throw new Error('nothing was found');
  expect(failure.invariant).toBe('no-lost-call');
  expect(failure.trace).toMatch(/edit:delete-route@\d+$/);
  expect(failure.events).toBeLessThanOrEqual(2);
  expect(failureText(failure)).toContain(`replay("aws: replace a link", "${failure.trace}", ${failure.seed})`);
  const again = await replay(await prepare(withDeletedRoute(false)), failure.trace, failure.seed);
  expect(again.violation?.invariant).toBe('no-lost-call');
  const permitted = await replay(await prepare(withDeletedRoute(true)), failure.trace, failure.seed);
  expect(permitted.violation).toBeUndefined();
  // What violates another invariant is not the cause of this one.
  const all = [{ kind: 'deny', moment: 9 } as const, ...parseTrace(failure.trace)];
  expect(await shrink(await prepare(withDeletedRoute(false)), all, failure.seed, 'one-owner')).toEqual(all);
});

it.runIf(PROVE)('finds lost messages of a WebSocket API', async () => {
  const scenario = AWS_SCENARIOS.find(({ name }) => name === 'aws: WebSocket API: replace a link');
  if (scenario === undefined) throw new Error('the scenario does not exist');
  /** The stage goes back to its first deployment, which has no route of the spec. */
  const make = (simulation: Simulation): void => {
    const call = (operation: string, input: object = {}): any =>
      simulation.call({ service: 'apigatewayv2', operation, region: 'eu-west-1' }, input);
    const { ApiId } = call('GetApis').Items.find((one: any) => one.ProtocolType === 'WEBSOCKET');
    const [first] = call('GetDeployments', { ApiId }).Items.toSorted((a: any, b: any) => a.CreatedDate - b.CreatedDate);
    call('UpdateStage', { ApiId, StageName: 'prod', DeploymentId: first.DeploymentId });
  };
  const build = async (simulation: Simulation): Promise<Built> => ({
    ...(await scenario.build(simulation)),
    edits: { 'first-deployment': { make } },
  });
  const prepared = await prepare({ ...scenario, build });
  const moment = prepared.base.deeds.findLastIndex((deed) => deed.is === 'call' && deed.operation === 'CreateVpcLink');
  const { violation } = await replay(prepared, `edit:first-deployment@${moment}`, 1);
  expect(violation).toMatchObject({
    invariant: 'no-lost-call',
    because: expect.stringMatching(/^send: /) as string,
  });
  expect((await replay(prepared, '', 1)).routeCalls).toBeGreaterThan(100);
});

it('finds credentials in what others read', async () => {
  const [scenario] = AWS_SCENARIOS;
  if (scenario === undefined) throw new Error('there is no scenario');
  /** What a client's error has of its request: the headers, with the session's token. */
  let request = '';
  const watched = (client: object): object =>
    new Proxy(client, {
      get: (target, property) => {
        const method = Reflect.get(target, property) as
          ((...input: readonly unknown[]) => Promise<unknown>) | undefined;
        if (method === undefined) return undefined; // a client is no promise
        return async (...input: readonly unknown[]) => {
          try {
            return await method(...input);
          } catch (error) {
            request = JSON.stringify(error);
            throw error;
          }
        };
      },
    });
  /** An adapter whose error has that text: `call()` has removed it from the error that it threw. */
  const telling = (drivers: Drivers): Drivers => {
    const find: Drivers = async (place) => {
      const driver = await drivers(place);
      const create: Driver['links']['create'] = (...given) =>
        driver.links.create(...given).catch((error: unknown) => {
          throw new PosternError('PERMISSION_DENIED', request, { cause: error });
        });
      return { ...driver, links: { ...driver.links, create } };
    };
    return Object.assign(find, { clouds: drivers.clouds });
  };
  const drivers = (process: VirtualProcess): Drivers =>
    telling(
      scenario.drivers({
        context: process.context,
        clients: (region: string) =>
          Object.fromEntries(Object.entries(process.clients(region)).map(([name, one]) => [name, watched(one)])),
      } as unknown as VirtualProcess),
    );
  const prepared = await prepare({ ...scenario, drivers });
  const moment = prepared.base.deeds.findIndex((deed) => deed.is === 'call' && deed.operation === 'CreateVpcLink');
  const { violation } = await replay(prepared, `deny@${moment}`, 1);
  expect(violation?.invariant).toBe('no-secret');
});

it.runIf(PROVE)('finds a route that a second project takes over', async () => {
  const scenario = AWS_SCENARIOS.find(({ name }) => name === 'aws: replace a link');
  if (scenario === undefined) throw new Error('the scenario does not exist');
  /** Before it reads anything, the second project writes its mark over that of the first. */
  const drivers = (process: VirtualProcess): Drivers => {
    const given = scenario.drivers(process);
    const find: Drivers = async (place) => {
      const driver = await given(place);
      const observe: Driver['observe'] = async (scope, ctx) => {
        if (scope.project === 'rival') await takeOver(process, place.region, scope);
        return driver.observe(scope, ctx);
      };
      return { ...driver, observe };
    };
    return Object.assign(find, { clouds: given.clouds });
  };
  const prepared = await prepare({ ...scenario, drivers });
  const moment = prepared.base.deeds.findLastIndex((deed) => deed.is === 'call' && deed.operation === 'CreateVpcLink');
  expect((await replay(prepared, `rival@${moment}`, 1)).violation?.invariant).toBe('one-owner');
  const honest = await replay(await prepare(scenario), `rival@${moment}`, 1);
  expect(honest.violation).toBeUndefined();
  expect(honest.events.map(({ kind }) => kind)).toEqual(['rival']);
});

it('reads the traces that it writes', () => {
  const text = 'kill-and-lose@3 lost@17 twin@20 edit:delete-link@40';
  expect(traceText(parseTrace(text))).toBe(text);
  expect(() => parseTrace('explode@3')).toThrow(RangeError);
  expect(() => parseTrace('lost')).toThrow(RangeError);
});
