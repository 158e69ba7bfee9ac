import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { liveRoutes } from '../../../src/do/probe/live-routes.js';
import { restWorld, webSocketWorld } from '../../check/checks/rest-world.js';
import { alibabaWorld, awsWorld, type World } from '../../check/checks/world.js';

/** `GET https://…` of each route that can be called, else the reason. */
const linesOf = ({ snapshot }: World): readonly string[] =>
  liveRoutes(snapshot, CLOUDS).map(({ act, method, stage }) =>
    act.is === 'call' ? `${method} ${act.url} ${act.headers['x-ca-stage'] ?? stage}` : act.because,
  );

const HOST = 'https://api-1.execute-api.eu-west-1.amazonaws.com';

describe('the routes that exist', () => {
  it('are called on each stage, by their own method, also where no spec declares them', () => {
    const world = awsWorld(({ the, spec }) => {
      const api = the('gateways', 'api-1');
      const [first] = api.routes;
      if (first === undefined) throw new Error('the world has a route');
      api.stages.push({ name: 'v1', autoDeploy: true });
      api.routes = [
        { ...first, key: 'ANY /orders/{id}/{rest+}' },
        { ...first, id: 'route-2', key: 'DELETE /a' },
      ];
      spec.integrations = {};
    });
    expect(linesOf(world)).toEqual([
      `GET ${HOST}/orders/postern-probe/postern-probe $default`,
      `GET ${HOST}/v1/orders/postern-probe/postern-probe v1`,
      `DELETE ${HOST}/a $default`,
      `DELETE ${HOST}/v1/a v1`,
    ]);
  });

  it('of a REST API have the stage in the path; those of a WebSocket API are not called', () => {
    expect(linesOf(restWorld())).toEqual([`GET ${HOST}/prod/orders prod`]);
    expect(new Set(linesOf(webSocketWorld()))).toEqual(
      new Set(['routes of a WebSocket API receive messages of an open connection, not requests']),
    );
  });

  it('of an API group are called where they are published, by each name that is no pattern', () => {
    const world = alibabaWorld(({ region }) => {
      const [group] = region.gateways;
      const [route] = group?.routes ?? [];
      if (group === undefined || route === undefined) throw new Error('the world has a group with a route');
      group.routes = [{ ...route, key: 'GET /orders', publishedOn: ['RELEASE'] }];
      group.settings = {
        basePath: '/shop',
        domains: [
          { name: 'own.example.com', kind: 'public' },
          { name: 'api.example.com', kind: 'custom', byCname: true },
          { name: '*.example.org', kind: 'custom' },
          { name: 'vpc.example.com', kind: 'network' },
        ],
      };
    });
    expect(linesOf(world)).toEqual([
      'GET https://own.example.com/shop/orders RELEASE',
      'GET https://api.example.com/shop/orders RELEASE',
    ]);
  });
});
