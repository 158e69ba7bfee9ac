import { createContext, type CallContext } from '@postern/core/internal/library';
import { simulate } from '@postern/simulator';
import { runConformanceCheck } from '@postern/testing/conformance';
import { beforeAll, describe, expect, it } from 'vitest';
import { restQuestion } from '../../../simulator/test/agreement/aws/rest/question.js';
import { mutated } from '../../../simulator/test/mutated.js';
import { answerOf, type Question } from '../../../simulator/test/agreement/question.js';
import { aws } from '../../src/index.js';
import { restWorld, setUpRest, type Tested } from '../world/rest-setup.js';

/** Something that a driver and a simulated cloud do together. @throws what is wrong */
type Trial = (tested: Tested) => Promise<void>;

const OWNER = { project: 'shop', spec: 'shop', integration: 'orders' };
/** Worlds in which the evaluators are compared; a mistake of the simulated network shows in several. */
const WORLDS = 56;

/** A check of the conformance suite, for a REST API over a V1 link. */
const suite =
  (check: string): Trial =>
  async (tested) =>
    runConformanceCheck(check, await setUpRest(tested));

const questions: Question[] = [];

/** The agreement of both evaluators over worlds with REST APIs. */
const agreement: Trial = async (tested) => {
  const sim = tested.simulate({ seed: 7, throttle: false });
  for (const question of questions) {
    sim.load(question.world());
    const answer = answerOf({ ...question, reach: sim.connects(question.linkId, question.to) });
    expect(answer.agree, answer.text).toBe(true);
  }
};

/** A region with a REST API, closed afterwards. */
async function inRestWorld(
  tested: Tested,
  run: (world: Awaited<ReturnType<typeof restWorld>>, ctx: CallContext) => Promise<void>,
): Promise<void> {
  const world = await restWorld(tested);
  try {
    await run(world, createContext({ clock: world.simulation.clock, random: () => 0.5 }));
  } finally {
    await world.close();
  }
}

const resolved = ({ driver }: Awaited<ReturnType<typeof restWorld>>, port: number, ctx: CallContext) =>
  driver.targets.resolve({ listener: { loadBalancer: 'orders-nlb', port } }, {}, ctx);

const deployedCopy: Trial = (tested) =>
  inRestWorld(tested, async (world, ctx) => {
    const { driver, gateway, link } = world;
    const [before, after] = [await resolved(world, 80, ctx), await resolved(world, 8080, ctx)];
    const request = { gateway, key: 'GET /orders', link, owner: OWNER };
    const route = await driver.routes.create({ ...request, use: { target: before, path: 'overwrite' } }, ctx);
    await driver.stages.deploy(gateway, 'prod', 'postern:shop@shop/0123abcd', ctx);
    await driver.routes.update(route, { ...request, use: { target: after, path: 'overwrite' } }, ctx);
    const { gateways } = await driver.observe({ all: true, checks: true }, ctx);
    const uses = gateways.find(({ id }) => id === gateway.id)?.uses ?? [];
    expect(uses.map(({ stage, targetId }) => [stage, targetId])).toEqual([
      [undefined, after.id],
      ['prod', before.id],
    ]);
  });

const canaryVariables: Trial = (tested) =>
  inRestWorld(tested, async (world, ctx) => {
    const { driver, gateway, link, rest, rootResourceId: resourceId } = world;
    const place = { restApiId: gateway.id, resourceId, httpMethod: 'GET' };
    rest('PutMethod', { ...place, authorizationType: 'NONE' });
    rest('PutIntegration', {
      ...place,
      type: 'HTTP_PROXY',
      integrationHttpMethod: 'GET',
      connectionType: 'VPC_LINK',
      connectionId: '${stageVariables.link}',
      uri: 'http://orders.internal:${stageVariables.port}/',
    });
    const stage = { restApiId: gateway.id, stageName: 'prod' };
    rest('CreateDeployment', { ...stage, variables: { link: link.id, port: '80' } });
    const canarySettings = { percentTraffic: 10, stageVariableOverrides: { port: '8080' } };
    rest('CreateDeployment', { ...stage, canarySettings });
    const targets = [await resolved(world, 80, ctx), await resolved(world, 8080, ctx)];
    const { gateways } = await driver.observe({ all: true }, ctx);
    const shown = gateways.find(({ id }) => id === gateway.id)?.integrations ?? [];
    expect(new Set(shown.map(({ linkId, targetId }) => `${linkId} ${targetId}`))).toEqual(
      new Set(targets.map(({ id }) => `${link.id} ${id}`)),
    );
  });

const copiedMark: Trial = (tested) =>
  inRestWorld(tested, async (world, ctx) => {
    const { driver, gateway, link, rest, rootResourceId } = world;
    const target = await resolved(world, 80, ctx);
    const key = 'GET /orders';
    await driver.routes.create({ gateway, key, link, use: { target, path: 'overwrite' }, owner: OWNER }, ctx);
    const { items } = rest('GetResources', { restApiId: gateway.id, embed: ['methods'] });
    const { resourceMethods } = items.find((one: { path: string }) => one.path === '/orders');
    const { id: resourceId } = rest('CreateResource', {
      restApiId: gateway.id,
      parentId: rootResourceId,
      pathPart: 'copy',
    });
    const { operationName, methodIntegration } = resourceMethods.GET;
    const place = { restApiId: gateway.id, resourceId, httpMethod: 'GET' };
    rest('PutMethod', { ...place, authorizationType: 'NONE', operationName });
    const { type, connectionType, connectionId, uri } = methodIntegration;
    rest('PutIntegration', { ...place, integrationHttpMethod: 'GET', type, connectionType, connectionId, uri });
    expect(await driver.routes.find(gateway, key, ctx)).toMatchObject({ owner: OWNER });
    expect(await driver.routes.find(gateway, 'GET /copy', ctx)).toMatchObject({ linkId: link.id, owner: undefined });
  });

interface Mistake {
  readonly what: string;
  readonly trial: Trial;
  /** Below `packages/`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const SIMULATED = 'simulator/src/aws';
const ADAPTER = 'aws/src/rest-apis';

/** Mistakes that the simulated REST APIs or the adapter could well have, and what must catch each. */
const MISTAKES: readonly Mistake[] = [
  {
    what: 'codec: members are named as in the model, not as on the wire',
    trial: suite('creates a route that leads over the link to the target, and finds it by key'),
    file: `${SIMULATED}/protocols/json-codec.ts`,
    from: 'member.traits.jsonName ?? member.name',
    to: 'member.name',
  },
  {
    what: 'frozen copy: a deployment shows later changes',
    trial: deployedCopy,
    file: `${SIMULATED}/rest-apis/control/deployment.ts`,
    from: 'resources: new Map(api.resources)',
    to: 'resources: api.resources',
  },
  {
    what: 'paging: a list ends with its first page',
    trial: suite('reads lists to their end'),
    file: `${SIMULATED}/rest-apis/control/collection.ts`,
    from: 'return next === undefined ? { items } : { items, position: next };',
    to: 'return next === undefined ? { items } : { items };',
  },
  {
    what: 'canary merge: the variables of a canary replace those of its stage',
    trial: canaryVariables,
    file: 'aws/src/gateways/integration-target.ts',
    from: '{ ...variables, ...canary?.variables }',
    to: '{ ...canary?.variables }',
  },
  {
    what: 'V1 references: a link that a method has can be deleted',
    trial: suite('does not delete a link that a route uses'),
    file: `${SIMULATED}/rest-apis/control/vpc-link.ts`,
    from: 'if (users.length > 0) throw LINK_WORDS.usedByApis(id, users);',
    to: '',
  },
  {
    what: 'stage variables: a deployed method has none',
    trial: agreement,
    file: `${SIMULATED}/connects/rest-method.ts`,
    from: 'variables: stage?.variables ?? {}',
    to: 'variables: {}',
  },
  {
    what: 'routing: the port of a URI does not select the listener',
    trial: agreement,
    file: `${SIMULATED}/connects/rest-method.ts`,
    from: "(url.port === '' ? PORTS[url.protocol] : Number(url.port))",
    to: 'PORTS[url.protocol]',
  },
  {
    what: 'ownership: a mark that was copied to another method counts',
    trial: copiedMark,
    file: `${ADAPTER}/rest-owner.ts`,
    from: 'methodIdentity(apiId, path, verb)',
    to: "methodIdentity(apiId, '', '')",
  },
];

/** Each mistake is in a bundle of its own. */
describe('of REST APIs and V1 links the tests catch', () => {
  beforeAll(async () => {
    for (let seed = 0; seed < WORLDS; seed += 1) questions.push(await restQuestion(seed));
  });

  it.each(MISTAKES.map((mistake, index) => [mistake.what, mistake, index] as const))(
    '%s',
    async (_, { trial, ...mistake }, index) => {
      const entry = mistake.file.startsWith('aws/') ? 'aws/src/index.ts' : 'simulator/src/index.ts';
      const same = await mutated<Partial<Tested>>(entry, { ...mistake, to: mistake.from }, `rest-${index}-same`);
      await trial({ aws, simulate, ...same });
      const broken = await mutated<Partial<Tested>>(entry, mistake, `rest-${index}`);
      const caught = await trial({ aws, simulate, ...broken }).catch((error: unknown) => error);
      expect(caught, 'nothing fails').toBeInstanceOf(Error);
    },
  );
});
