import type { RouteSettings, Route } from '../../../../src/do/model/route.js';
import type { World, Draft } from '../world.js';
import { edit } from '../edits.js';

export const declare =
  (settings: RouteSettings, change?: (world: World) => void) =>
  (world: World): void => {
    Object.assign(world.integration, { settings: { 'ANY /orders': settings } });
    change?.(world);
  };

export const route = (changes: Partial<Draft<Route>>) => edit({ 'gateways.api-1.routes.0': changes });

export const external = edit({ 'integration.owner': 'external' });
