import { driversOf } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { apply, observeSpec, planDestroy } from '@postern/core/internal/plan';
import { aws } from '@postern/aws';
import { describe, expect, it } from 'vitest';
import { httpShop } from '../../../aws/test/world/http-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import { machine, type Around } from './machine.js';
import { contextOf } from './scene.js';
import { CLOUDS } from '../../../core/test/clouds.js';

describe('a sweep of integrations that no route uses', () => {
  it('keeps one whose mark is taken away after the sweep has read its list', async () => {
    const shop = await httpShop({ routes: `{ 'GET /orders': t, 'GET /carts': { target: t, timeout: 10s } }` });
    const { call, ApiId, open, simulation } = shop;
    expect((await shop.run(0, open)).errors).toEqual([]);
    const integrations = () => call('apigatewayv2', 'GetIntegrations', { ApiId }).Items;
    expect(integrations()).toHaveLength(2);
    for (const { RouteId } of call('apigatewayv2', 'GetRoutes', { ApiId }).Items)
      call('apigatewayv2', 'DeleteRoute', { ApiId, RouteId });
    let kept: string | undefined;
    const around: Around = async ({ operation, input }, send) => {
      const answer = await send();
      if (operation !== 'DeleteIntegration' || kept !== undefined) return answer;
      const rest = integrations().filter((one: any) => one.IntegrationId !== input['IntegrationId']);
      kept = rest[0].IntegrationId;
      call('apigatewayv2', 'UpdateIntegration', { ApiId, IntegrationId: kept, Description: 'mine now' });
      return answer;
    };
    const by = machine(simulation, { random: () => 0.5, around });
    const drivers = driversOf(aws({ region: REGION, clients: by.clients(REGION) }));
    const context = contextOf(by);
    const spec = shop.specOf(0, open);
    const plan = planDestroy(await observeSpec(spec, drivers, context, { all: true }), spec, { clouds: CLOUDS });
    for await (const event of apply(plan, { judge, spec, drivers, context, drain: 0 })) expect(event).toBeDefined();
    expect(kept).toBeDefined();
    expect(integrations().map((one: any) => one.IntegrationId)).toEqual([kept]);
  });
});
