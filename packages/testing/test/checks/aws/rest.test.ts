import { check, type Gateway, type LinkSpec, type Snapshot, type Spec } from '@postern/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { APART } from '../apart.js';
import { awsScene, awsStage, type AwsStage } from './account.js';
import { useNetworkBalancer } from './moves.js';

/** What was read of the account. */
async function read(stage: AwsStage): Promise<Snapshot> {
  let taken: Snapshot | undefined;
  stage.seen = (snapshot) => (taken = snapshot);
  await stage.report();
  if (taken === undefined) throw new Error('nothing was read');
  return taken;
}

/** The spec with a REST API in place of the HTTP API, and further routes. */
function restSpec(stage: AwsStage, routes: Readonly<Record<string, string>> = {}): Spec {
  const spec = stage.parsed();
  const { orders } = spec.integrations;
  if (orders === undefined) throw new Error('no integration');
  const integration = {
    ...orders,
    gateway: { restApi: stage.parts.api, stage: 'prod' },
    routes: { ...orders.routes, ...routes },
  };
  return { ...spec, integrations: { orders: integration } };
}

/** The HTTP API as a REST API with one stage. */
function asRest(snapshot: Snapshot, change: (api: Gateway) => Partial<Gateway>): Snapshot {
  const regions = snapshot.regions.map((region) => ({
    ...region,
    gateways: region.gateways.map((api): Gateway => {
      const stages = [{ name: 'prod', autoDeploy: false, deploymentId: 'd-1' }];
      const rest: Gateway = { ...api, kind: 'rest-api', stages };
      return { ...rest, ...change(rest) };
    }),
  }));
  return { ...snapshot, regions };
}

const verdicts = (snapshot: Snapshot, spec: Spec, id: string) =>
  check(snapshot, spec).findings.flatMap(({ check: own, verdict, code }) => (own === id ? [`${verdict} ${code}`] : []));

describe('checks of REST APIs and links V1, of what was read of the simulated AWS', () => {
  let scene: Awaited<ReturnType<typeof awsScene>>;
  beforeAll(async () => {
    scene = await awsScene();
  });

  it(`link/load-balancer: ${APART['link/load-balancer']}`, async () => {
    const stage = awsStage(scene);
    await useNetworkBalancer(stage);
    const snapshot = await read(stage);
    const spec = stage.parsed();
    const said = (loadBalancer: string) => {
      const eu: LinkSpec = { provider: 'aws', region: 'eu-west-1', kind: 'vpc-link-v1', loadBalancer, tags: {} };
      return verdicts(snapshot, { ...spec, links: { eu } }, 'link/load-balancer');
    };
    expect(said('orders-nlb')).toEqual(['pass FITS']);
    expect(said(stage.parts.balancer)).toEqual(['unknown BALANCER_NOT_READ']);
    const { snapshot: whole } = await wholeOf(stage);
    const eu: LinkSpec = { provider: 'aws', region: 'eu-west-1', kind: 'vpc-link-v1', loadBalancer: 'orders-alb', tags: {} };
    expect(verdicts(whole, { ...spec, links: { eu } }, 'link/load-balancer')).toEqual(['fail NOT_NETWORK']);
  });

  it(`gateway/stage-variable: ${APART['gateway/stage-variable']}`, async () => {
    const stage = awsStage(scene);
    const [snapshot, spec] = [await read(stage), restSpec(stage)];
    const said = (variables: Readonly<Record<string, string>>) => {
      const named = asRest(snapshot, ({ routes, stages }) => ({
        routes: routes.map((route) => ({ ...route, linkId: undefined, variables: ['link'] })),
        stages: stages.map((one) => ({ ...one, variables })),
        uses: routes.map(({ id, key, targetId }) => ({
          kind: 'route',
          id,
          name: key,
          routeIds: [id],
          stage: 'prod',
          targetId,
          linkId: variables['link'],
        })),
      }));
      return verdicts(named, spec, 'gateway/stage-variable');
    };
    expect(said({ link: stage.link() })).toEqual(['pass LINK_EXISTS']);
    expect(said({})).toEqual(['fail VARIABLE_ABSENT']);
    expect(said({ link: 'gone01' })).toEqual(['fail LINK_ABSENT']);
  });

  it(`gateway/undeployed: ${APART['gateway/undeployed']}`, async () => {
    const stage = awsStage(scene);
    const [snapshot, spec] = [await read(stage), restSpec(stage, { 'GET /more': 'orders' })];
    const said = (canary: { readonly percent: number } | undefined) =>
      verdicts(
        asRest(snapshot, ({ stages }) => ({ stages: stages.map((one) => ({ ...one, canary })) })),
        spec,
        'gateway/undeployed',
      );
    expect(said(undefined)).toEqual(['pass DEPLOYED_BY_APPLY']);
    expect(said({ percent: 10 })).toEqual(['fail CANARY_BLOCKS']);
    const deployed = verdicts(asRest(snapshot, () => ({})), restSpec(stage), 'gateway/undeployed');
    expect(deployed).toEqual(['fail NEVER_DEPLOYED']);
  });
});

async function wholeOf(stage: AwsStage): Promise<{ readonly snapshot: Snapshot }> {
  stage.whole = true;
  return { snapshot: await read(stage) };
}
