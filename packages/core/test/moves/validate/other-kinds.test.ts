import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { validateMigration } from '../../../src/moves/validate/validate.js';
import { BALANCER } from '../../check/checks/aws-region.js';
import { restV1World, webSocketWorld } from '../../check/checks/rest-world.js';
import type { World } from '../../check/checks/world.js';
import { AWS_MOVE, awsMigrationWorld } from './aws-world.js';

/** Adds a REST API whose route names its link by a variable, a WebSocket API, and their link V1. */
function addOtherKinds({ region }: World): void {
  const [rest] = restV1World().region.gateways;
  const [webSocket] = webSocketWorld().region.gateways;
  const [v1] = restV1World().region.links;
  if (rest === undefined || webSocket === undefined || v1 === undefined) throw new Error('the worlds have none');
  region.links.push({ ...v1, id: 'v1link', name: 'old', loadBalancerIds: [BALANCER] });
  const routes = rest.routes.map((route) => ({
    ...route,
    gatewayId: 'rest-1',
    linkId: undefined,
    variables: ['link'],
  }));
  const uses = routes.map(({ id, key, targetId }) => ({
    kind: 'route' as const,
    id,
    name: key,
    routeIds: [id],
    stage: 'prod',
    linkId: 'v1link',
    targetId,
  }));
  region.gateways.push({ ...rest, id: 'rest-1', routes, uses }, { ...webSocket, id: 'socket-1' });
}

describe('a move where there are REST APIs, WebSocket APIs and links V1', () => {
  it('of routes of an HTTP API is the same as without them', () => {
    const without = validateMigration(awsMigrationWorld().snapshot, AWS_MOVE, { clouds: CLOUDS });
    const report = validateMigration(awsMigrationWorld(addOtherKinds).snapshot, AWS_MOVE, { clouds: CLOUDS });
    expect(report.findings).toEqual(without.findings);
    expect(report.impact).toEqual(without.impact);
    expect(report.findings.length).toBeGreaterThan(10);
  });

  it.each(['rest-1', 'socket-1'])('of routes of %s is refused', (api) => {
    const { snapshot } = awsMigrationWorld(addOtherKinds);
    expect(() => validateMigration(snapshot, { ...AWS_MOVE, api }, { clouds: CLOUDS })).toThrow(
      expect.objectContaining({ code: 'WRONG_KIND', message: expect.stringContaining('only routes of HTTP APIs') }),
    );
  });

  it.each<[string, object]>([
    ['to', { to: 'v1link' }],
    ['from', { from: 'v1link' }],
  ])('of routes of an HTTP API %s a link V1 is refused', (_, changes) => {
    const { snapshot } = awsMigrationWorld(addOtherKinds);
    expect(() => validateMigration(snapshot, { ...AWS_MOVE, ...changes }, { clouds: CLOUDS })).toThrow(
      expect.objectContaining({ code: 'WRONG_KIND', message: expect.stringContaining('vpc-link-v1') }),
    );
  });
});
