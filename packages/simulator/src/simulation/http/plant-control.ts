import { plantIn } from '../dispatch/plant-in.js';
import type { World } from '../world/world.js';
import { ControlError } from './control-error.js';

/**
 * `POST /_postern/plant` `{ "region": "eu-west-1", "kind": "target-health", … }` answers `{ "id" }`. The cloud
 * that has the region judges the rest.
 */
export function plantOne(world: World, body: unknown): { readonly id: string } {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ControlError(400, 'The body is an object with "region" and "kind".');
  }
  const { region, ...planted } = body as Readonly<Record<string, unknown>>;
  if (typeof region !== 'string') throw new ControlError(400, '"region" is a string, such as "eu-west-1".');
  world.settle();
  const id = plantIn(world.clouds, region, planted);
  if (id !== undefined) return { id };
  throw new ControlError(
    400,
    `${JSON.stringify(region.slice(0, 64))} is not a region in which something can be planted.`,
  );
}
