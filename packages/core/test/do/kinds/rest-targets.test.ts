import { gatewayTraits } from '../../../src/do/kinds/cloud/gateway-kinds.js';
import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { diff } from '../../../src/do/plan/diff.js';
import { SERVICE, useService } from '../../check/checks/target/backends.js';
import { newV1World, restV1World, restWorld } from '../../check/checks/rest-world.js';
import { awsWorld, type World } from '../../check/checks/world.js';

/** What the kind of the world's link refuses about a Cloud Map service. */
const refusals = ({ region, integration, the }: World) =>
  CLOUDS.link(the('links', 'vlink-1').kind).rules.targetRefusals(
    { service: SERVICE },
    { gateway: gatewayTraits(CLOUDS, integration.gateway) },
    region,
  );

describe('a Cloud Map service as target', () => {
  it('is accepted for an HTTP API', () => {
    expect(refusals(awsWorld())).toEqual([]);
  });

  it('is refused for a REST API, over a link of either kind', () => {
    const [refusal] = refusals(restWorld());
    expect(refusal).toMatchObject({ code: 'UNSUPPORTED', message: expect.stringContaining('a REST API') });
    expect(refusal?.remedy).toContain('Put a load balancer in front');
    expect(refusals(restV1World())).toMatchObject([{ code: 'UNSUPPORTED' }]);
  });

  it('is refused by the plan', () => {
    const world = restWorld(useService);
    expect(() => diff(world.snapshot, world.spec, { clouds: CLOUDS })).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED' }),
    );
  });
});

describe('a link V1 named by its ID', () => {
  it('is refused by the plan where the load balancer beside the ID is another one', () => {
    const world = restV1World(({ linkSpec, copy, region }) => {
      const [balancer] = region.loadBalancers;
      copy('loadBalancers', balancer?.id ?? '', { id: `${balancer?.id ?? ''}2`, name: 'other' });
      Object.assign(linkSpec, { kind: 'vpc-link-v1', loadBalancer: 'other' });
    });
    expect(() => diff(world.snapshot, world.spec, { clouds: CLOUDS })).toThrow(
      expect.objectContaining({
        code: 'UNSUPPORTED',
        message: expect.stringContaining('loadBalancer of link vlink-1'),
      }),
    );
  });

  it('is created by the plan where it is declared with its load balancer', () => {
    const world = newV1World();
    const plan = diff(world.snapshot, world.spec, { clouds: CLOUDS });
    expect(plan.units.flatMap(({ steps }) => steps.map(({ kind, resource }) => `${kind} ${resource.type}`))).toEqual([
      'create link',
      'create route',
      'deploy stage',
    ]);
  });
});
